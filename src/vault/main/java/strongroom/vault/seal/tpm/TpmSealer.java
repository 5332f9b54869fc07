package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeyWitness;
import strongroom.vault.seal.LeaseSealer;
import strongroom.vault.seal.MachineCounters;
import strongroom.vault.seal.MachineKeys;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// Seals to a TPM 2.0. The secret is encrypted under a key made of two halves: one in an object that the TPM opens
/// for the authorisation and counts wrong ones, one in an NV index that {@link #destroy} erases, so that copies of
/// the disk made earlier open nothing. Everything secret crosses the bus encrypted under a session salted to the
/// storage root key, whose name is pinned in the sealed bytes.
///
/// If the root key has another name at opening, the authorisation is not shown to it. It is asked to load the
/// sealed object: another or cleared TPM cannot (`FOREIGN`); who can has the right TPM behind it and a wrong name
/// before it (`INTERPOSED`). At sealing the first name is believed.
///
/// The owner's authorisation must be empty, as operating systems leave it. Safe for several threads: they take
/// turns, and one operation is one connection.
public final class TpmSealer implements KeySealer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HALF = 32;
    private static final byte[] KEY_INFO = ascii("strongroom tpm key v1");
    private static final byte[] NV_INFO = ascii("strongroom tpm nv v1");

    private final TpmTurn turn;
    private final SecureRandom random;
    private final PcrSelection registers;

    /// Waits up to 30 seconds for its turn.
    public TpmSealer(TpmAddress address, SecureRandom random) {
        this(address, random, PATIENCE);
    }

    /// @param patience how long to wait for a turn and an answer
    public TpmSealer(TpmAddress address, SecureRandom random, Duration patience) {
        this(new TpmTurn(address, patience), random, PcrSelection.NONE);
    }

    private TpmSealer(TpmTurn turn, SecureRandom random, PcrSelection registers) {
        this.turn = turn;
        this.random = random;
        this.registers = registers;
    }

    @Override
    public SealKind kind() {
        return SealKind.TPM;
    }

    @Override
    public void check() throws SealException {
        turn.take(tpm -> StorageRootKey.in(tpm).handle());
    }

    /// A TPM makes its own. They take turns with this sealer.
    @Override
    public Optional<MachineKeys> keys() {
        return Optional.of(new TpmKeys(turn, random));
    }

    /// A TPM speaks for itself. It takes its turn with this sealer.
    @Override
    public Optional<KeyWitness> witness() {
        return Optional.of(new TpmWitness(turn, random));
    }

    /// A TPM has its own. They take turns with this sealer.
    @Override
    public Optional<MachineCounters> counters() {
        return Optional.of(new TpmCounters(turn, random));
    }

    @Override
    public int triesLeft() throws SealException {
        return turn.take(tpm -> LockoutState.of(tpm).triesLeft());
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
        if (secret.size() < 1 || secret.size() > MAX_SECRET || authorisation.size() > AuthValue.LIMIT) {
            throw new IllegalArgumentException("secret or authorisation of a wrong size");
        }
        if (!registers.isEmpty() && authorisation.size() == 0) {
            throw new IllegalArgumentException("what the machine alone opens is bound to no registers");
        }
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            try (SecretBytes authValue = AuthValue.of(authorisation);
                    SecretBytes half = SecretBytes.random(HALF, random);
                    SecretBytes other = SecretBytes.random(NvHalf.SIZE, random);
                    SecretBytes nvAuth = nvAuth(half);
                    SecretBytes key = key(half, other);
                    HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
                TpmBlob blob = SealedObject.create(tpm, root, session, half, authValue, registers);
                int index = NvHalf.create(tpm, session, nvAuth, other, random);
                TpmBlob whole = blob.withIndex(index);
                return whole.withSecret(Aead.seal(key, random, whole.header(), secret))
                        .toByteArray();
            }
        });
    }

    /// A TPM has registers. The two take turns.
    @Override
    public Optional<KeySealer> boundTo(PcrSelection chosen) {
        return Optional.of(new TpmSealer(turn, random, chosen));
    }

    @Override
    public PcrSelection binding(byte[] sealed) {
        try {
            return TpmBlob.read(sealed).registers();
        } catch (SealException expected) {
            return PcrSelection.NONE;
        }
    }

    @Override
    public SecretBytes unseal(byte[] sealed, SecretBytes authorisation) throws SealException {
        TpmBlob blob = TpmBlob.read(sealed);
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            int object = blob.object().load(tpm, root, blob.rootName());
            // Asked first: a seal that was destroyed must not cost a try.
            if (!NvHalf.exists(tpm, blob.nvIndex())) {
                throw new SealException(Why.FOREIGN, "The key in the TPM was erased.");
            }
            HmacSession.Kind kind = blob.wantsPolicy() ? HmacSession.Kind.POLICY : HmacSession.Kind.HMAC;
            try (SecretBytes authValue = AuthValue.of(authorisation);
                    HmacSession session = HmacSession.start(tpm, root, kind, random);
                    SecretBytes half = SealedObject.unseal(tpm, object, blob, session, authValue);
                    SecretBytes other = otherHalf(tpm, root, blob, half);
                    SecretBytes key = key(half, other)) {
                return Aead.openSecret(key, blob.header(), blob.sealed());
            } catch (NotAuthenticException e) {
                throw new SealException(Why.DAMAGED, "The sealed key is damaged.", e);
            }
        });
    }

    @Override
    public void destroy(byte[] sealed) throws SealException {
        TpmBlob blob = TpmBlob.read(sealed);
        turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            blob.object().load(tpm, root, blob.rootName());
            if (NvHalf.exists(tpm, blob.nvIndex())) {
                try (HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
                    NvHalf.undefine(tpm, session, blob.nvIndex());
                }
            }
            return blob;
        });
    }

    /// A TPM holds to leases. They take turns with this sealer.
    @Override
    public Optional<LeaseSealer> leases() {
        return Optional.of(new TpmLeases(turn, random));
    }

    private SecretBytes otherHalf(Tpm tpm, StorageRootKey root, TpmBlob blob, SecretBytes half)
            throws IOException, TpmRefusal, InterposedException, SealException {
        try (SecretBytes nvAuth = nvAuth(half);
                HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
            return NvHalf.read(tpm, session, blob.nvIndex(), nvAuth);
        } catch (TpmRefusal e) {
            if (e.reason() == TpmRefusal.Reason.AUTH_FAIL || e.reason() == TpmRefusal.Reason.BAD_AUTH) {
                throw new SealException(Why.FOREIGN, "The key in the TPM was replaced by another program.", e);
            }
            throw e;
        }
    }

    static SecretBytes nvAuth(SecretBytes half) {
        try (SecretBytes derived = Hkdf.derive(half, new byte[0], NV_INFO, HALF)) {
            return AuthValue.of(derived);
        }
    }

    static SecretBytes key(SecretBytes half, SecretBytes other) {
        try (SecretBytes both = SecretBytes.join(half, other)) {
            return Hkdf.derive(both, new byte[0], KEY_INFO, Aead.KEY);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
