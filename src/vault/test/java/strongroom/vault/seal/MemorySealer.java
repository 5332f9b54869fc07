package strongroom.vault.seal;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException.Why;

/// An honest fake of a TPM, in memory: counts wrong authorisations of all it sealed together and pauses; can be
/// taken away and cleared. As long as the object lives it is the same machine. Safe for several threads.
public final class MemorySealer implements KeySealer {
    private final RandomGenerator random;
    private final SealKind kind;
    private final int most;
    private final MemoryLeases leases = new MemoryLeases(this);
    private final Map<Id, Sealed> known = new HashMap<>();
    private int failed;
    private boolean absent;
    private boolean confused;
    private @Nullable MachineKeys keys;
    private @Nullable KeyWitness witness;
    private @Nullable MachineCounters counters;

    private final int[] started = new int[PcrSelection.REGISTERS];

    private record Sealed(
            SecretBytes secret, SecretBytes authorisation, PcrSelection registers, List<Integer> values) {}

    /// One that calls itself a TPM and allows `most` wrong authorisations.
    public MemorySealer(RandomGenerator random, int most) {
        this(random, SealKind.TPM, most);
    }

    /// @param kind what it calls itself @param most wrong authorisations before it pauses
    public MemorySealer(RandomGenerator random, SealKind kind, int most) {
        this.random = random;
        this.kind = kind;
        this.most = most;
    }

    /// From now on the part does not answer, or answers again.
    public synchronized void setAbsent(boolean isAbsent) {
        absent = isAbsent;
    }

    /// From now on the part gives answers that make no sense, as whoever took a service's name may, or again not.
    public synchronized void setConfused(boolean isConfused) {
        confused = isConfused;
    }

    /// From now on the part makes keys, too.
    public synchronized void give(MachineKeys ownKeys) {
        keys = ownKeys;
    }

    /// From now on the part speaks for itself.
    public synchronized void give(KeyWitness itself) {
        witness = itself;
    }

    /// From now on the part counts.
    public synchronized void give(MachineCounters ownCounters) {
        counters = ownCounters;
    }

    /// The machine is started anew, and measures something else than before into one register.
    public synchronized void startOtherwise(int register) {
        started[register]++;
    }

    /// Forgets everything it ever sealed, as a cleared TPM does.
    public synchronized void clear() {
        known.clear();
    }

    /// How much it can open at the moment.
    public synchronized int kept() {
        return known.size();
    }

    /// The pause is over.
    public synchronized void forgive() {
        failed = 0;
    }

    /// Its clock and its switch.
    public MemoryLeases power() {
        return leases;
    }

    /// Only a TPM holds to leases.
    @Override
    public Optional<LeaseSealer> leases() {
        return kind == SealKind.TPM ? Optional.of(leases) : Optional.empty();
    }

    @Override
    public SealKind kind() {
        return kind;
    }

    @Override
    public synchronized void check() throws SealException {
        if (confused) {
            throw new ClassCastException("an answer of another kind");
        }
        if (absent) {
            throw new SealException(Why.ABSENT, "There is no such part.");
        }
    }

    @Override
    public synchronized Optional<MachineKeys> keys() {
        return Optional.ofNullable(keys);
    }

    @Override
    public synchronized Optional<KeyWitness> witness() {
        return Optional.ofNullable(witness);
    }

    @Override
    public synchronized Optional<MachineCounters> counters() {
        return Optional.ofNullable(counters);
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
        return seal(secret, authorisation, PcrSelection.NONE);
    }

    private synchronized byte[] seal(SecretBytes secret, SecretBytes authorisation, PcrSelection registers)
            throws SealException {
        check();
        Id id = Id.random(random);
        known.put(id, new Sealed(secret.copy(), authorisation.copy(), registers, values(registers)));
        return new CanonicalWriter()
                .fixed(id.toByteArray())
                .fixed(registers.encoded())
                .toByteArray();
    }

    private List<Integer> values(PcrSelection registers) {
        return registers.registers().stream().map(register -> started[register]).toList();
    }

    /// Only a TPM measures.
    @Override
    public Optional<KeySealer> boundTo(PcrSelection registers) {
        return kind == SealKind.TPM ? Optional.of(new Bound(registers)) : Optional.empty();
    }

    @Override
    public PcrSelection binding(byte[] sealed) {
        try {
            return PcrSelection.read(Arrays.copyOfRange(sealed, Id.SIZE, Math.max(Id.SIZE, sealed.length)));
        } catch (MalformedException e) {
            return PcrSelection.NONE;
        }
    }

    /// The same machine.
    private final class Bound implements KeySealer {
        private final PcrSelection registers;

        Bound(PcrSelection registers) {
            this.registers = registers;
        }

        @Override
        public SealKind kind() {
            return MemorySealer.this.kind();
        }

        @Override
        public void check() throws SealException {
            MemorySealer.this.check();
        }

        @Override
        public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
            if (!registers.isEmpty() && authorisation.size() == 0) {
                throw new IllegalArgumentException("what the machine alone opens is bound to no registers");
            }
            return MemorySealer.this.seal(secret, authorisation, registers);
        }

        @Override
        public SecretBytes unseal(byte[] sealed, SecretBytes authorisation) throws SealException {
            return MemorySealer.this.unseal(sealed, authorisation);
        }

        @Override
        public void destroy(byte[] sealed) throws SealException {
            MemorySealer.this.destroy(sealed);
        }

        @Override
        public int triesLeft() throws SealException {
            return MemorySealer.this.triesLeft();
        }

        @Override
        public Optional<KeySealer> boundTo(PcrSelection others) {
            return MemorySealer.this.boundTo(others);
        }

        @Override
        public PcrSelection binding(byte[] sealed) {
            return MemorySealer.this.binding(sealed);
        }

        @Override
        public Optional<LeaseSealer> leases() {
            return MemorySealer.this.leases();
        }

        @Override
        public Optional<MachineKeys> keys() {
            return MemorySealer.this.keys();
        }

        @Override
        public Optional<KeyWitness> witness() {
            return MemorySealer.this.witness();
        }

        @Override
        public Optional<MachineCounters> counters() {
            return MemorySealer.this.counters();
        }
    }

    @Override
    public synchronized SecretBytes unseal(byte[] sealed, SecretBytes authorisation) throws SealException {
        check();
        if (sealed.length < Id.SIZE) {
            throw new SealException(Why.DAMAGED, "The sealed key is damaged.");
        }
        Sealed found = known.get(Id.of(Arrays.copyOf(sealed, Id.SIZE)));
        if (found == null) {
            throw new SealException(Why.FOREIGN, "The sealed key is not known here.");
        }
        if (sealed.length != Id.SIZE + found.registers.encoded().length
                || !binding(sealed).equals(found.registers)) {
            throw new SealException(Why.DAMAGED, "The sealed key is damaged.");
        }
        if (!values(found.registers).equals(found.values)) {
            throw new SealException(Why.OTHER_START, "The machine was started in another way.");
        }
        boolean counts = found.authorisation.size() > 0;
        if (counts && failed >= most) {
            throw new SealException(Why.PAUSED, "Too many wrong entries.", Duration.ofMinutes(10), null);
        }
        if (!found.authorisation.matches(authorisation)) {
            failed += counts ? 1 : 0;
            throw new SealException(Why.WRONG_AUTHORISATION, "The authorisation was refused.");
        }
        failed = 0;
        return found.secret.copy();
    }

    @Override
    public synchronized void destroy(byte[] sealed) throws SealException {
        check();
        if (sealed.length >= Id.SIZE) {
            known.remove(Id.of(Arrays.copyOf(sealed, Id.SIZE)));
        }
    }

    @Override
    public synchronized int triesLeft() throws SealException {
        check();
        return Math.max(0, most - failed);
    }
}
