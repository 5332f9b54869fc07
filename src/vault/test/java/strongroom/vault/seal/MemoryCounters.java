package strongroom.vault.seal;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException.Why;

/// An honest fake of a TPM's counters, in memory: they only go up, and a new one begins above every one that was
/// erased. It can be taken away, be cut off, have no room, and has an owner who erases and replaces. Safe for several
/// threads.
public final class MemoryCounters implements MachineCounters {
    /// When the next counting is cut off.
    public enum CutOff {
        /// Not at all.
        NEVER,
        /// Before it was counted.
        BEFORE,
        /// After it was counted, before that was said.
        AFTER
    }

    private static final class Counter {
        private final SecretBytes authorisation;
        private long value;

        private Counter(SecretBytes authorisation, long value) {
            this.authorisation = authorisation;
            this.value = value;
        }
    }

    private final RandomGenerator random;
    private final Map<Id, Counter> known = new HashMap<>();
    private long highest;
    private long written;
    private boolean absent;
    private boolean full;
    private CutOff cutOff = CutOff.NEVER;

    public MemoryCounters(RandomGenerator random) {
        this.random = random;
    }

    /// From now on the part does not answer, or answers again.
    public synchronized void setAbsent(boolean isAbsent) {
        absent = isAbsent;
    }

    /// From now on there is no room for another one.
    public synchronized void fill() {
        full = true;
    }

    /// What happens to the next counting.
    public synchronized void cutOff(CutOff when) {
        cutOff = when;
    }

    /// How many there are.
    public synchronized int count() {
        return known.size();
    }

    /// How often the memory was written.
    public synchronized long written() {
        return written;
    }

    /// The owner erases them all.
    public synchronized void erase() {
        known.values().forEach(this::erased);
        known.clear();
    }

    /// The owner puts others in their places, which he may count up as he likes.
    public synchronized void imitate() {
        known.replaceAll((_, gone) -> {
            erased(gone);
            return new Counter(SecretBytes.random(32, random), highest + 1);
        });
    }

    @Override
    public synchronized byte[] plan() throws SealException {
        check();
        return Checksum.append(Id.random(random).toByteArray());
    }

    @Override
    public synchronized long make(byte[] kept, SecretBytes authorisation) throws SealException {
        check();
        if (full || known.containsKey(id(kept))) {
            throw new SealException(Why.FAILED, "There is no room for another counter.");
        }
        written++;
        known.put(id(kept), new Counter(authorisation.copy(), highest + 1));
        return highest + 1;
    }

    @Override
    public synchronized long read(byte[] kept, SecretBytes authorisation) throws SealException {
        check();
        return counter(kept, authorisation).value;
    }

    @Override
    public synchronized long increment(byte[] kept, SecretBytes authorisation) throws SealException {
        check();
        Counter counter = counter(kept, authorisation);
        CutOff now = cutOff;
        cutOff = CutOff.NEVER;
        if (now == CutOff.BEFORE) {
            throw new SealException(Why.FAILED, "Cut off.");
        }
        counter.value++;
        written++;
        if (now == CutOff.AFTER) {
            throw new SealException(Why.FAILED, "Cut off.");
        }
        return counter.value;
    }

    @Override
    public synchronized void destroy(byte[] kept) throws SealException {
        check();
        Counter gone = known.remove(id(kept));
        if (gone != null) {
            erased(gone);
        }
    }

    private void erased(Counter gone) {
        highest = Math.max(highest, gone.value);
    }

    private Counter counter(byte[] kept, SecretBytes authorisation) throws SealException {
        Counter found = known.get(id(kept));
        if (found == null || !found.authorisation.matches(authorisation)) {
            throw new SealException(Why.FOREIGN, "The counter was erased.");
        }
        return found;
    }

    private void check() throws SealException {
        if (absent) {
            throw new SealException(Why.ABSENT, "There is no such part.");
        }
    }

    private static Id id(byte[] kept) throws SealException {
        byte[] bytes = Checksum.strip(kept);
        if (bytes.length != Id.SIZE) {
            throw new SealException(Why.DAMAGED, "What is kept of the counter is damaged.");
        }
        return Id.of(bytes);
    }
}
