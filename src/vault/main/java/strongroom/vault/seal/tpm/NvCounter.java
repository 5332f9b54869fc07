package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// A counter in the TPM that stands where it stands as long as a key is to sign: the key's policy names it and
/// its value. Erasing it ends the key for good, also for one who read everything there was to read before. A TPM
/// begins a new counter above the highest value that any of its counters ever had (Part 3 §31.2), so this value
/// does not come back: not under the same number, and not for the owner.
///
/// @param number of the index @param value where it stands, 8 bytes; not copied
record NvCounter(int number, byte[] value) {
    static final int SIZE = 8;

    // Counted up by the owner, and read by everybody (under its empty authorisation, which has no wrong ones to count).
    private static final int ATTRIBUTES = 1 << 1 | 1 << 4 | 1 << 18 | 1 << 25;
    private static final int EQUAL = 0;

    /// Begins one.
    static NvCounter create(Tpm tpm, HmacSession session, SecureRandom random)
            throws IOException, TpmRefusal, InterposedException {
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
            NvIndex index = NvIndex.define(tpm, session, nothing, ATTRIBUTES, SIZE, random);
            try {
                tpm.run(
                        new TpmCommand(TpmCommand.NV_INCREMENT)
                                .handle(TpmCommand.OWNER)
                                .handle(index.number(), index.newName()),
                        session.plain(nothing));
                return new NvCounter(index.number(), read(tpm, session, index, nothing));
            } catch (IOException | TpmRefusal | InterposedException e) {
                index.discard(tpm, session, e);
                throw e;
            }
        }
    }

    /// Authenticated: a value told too high is one that a counter could be made to reach later.
    private static byte[] read(Tpm tpm, HmacSession session, NvIndex index, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand read = new TpmCommand(TpmCommand.NV_READ)
                .handle(index.number(), index.name())
                .handle(index.number(), index.name());
        read.parameters().uint16(SIZE).uint16(0);
        byte[] value = tpm.run(read, session.plain(authValue)).parameters().sized();
        if (value.length != SIZE) {
            throw new IOException("a counter of the TPM has 8 bytes");
        }
        return value;
    }

    /// The digest of the policy that it stands there (TPM2_PolicyNV, Part 3 §23.9).
    byte[] policy() {
        byte[] argument = TpmKdf.sha256(
                new TpmWriter().fixed(value).uint16(0).uint16(EQUAL).toByteArray());
        return TpmKdf.sha256(
                new byte[32], new TpmWriter().uint32(TpmCommand.POLICY_NV).toByteArray(), argument, index().name());
    }

    /// Has the TPM find for a policy session that it stands there.
    ///
    /// @throws SealException `FOREIGN` if it was erased
    void require(Tpm tpm, HmacSession policy) throws IOException, TpmRefusal, InterposedException, SealException {
        byte[] name = index().name();
        TpmCommand require = new TpmCommand(TpmCommand.POLICY_NV)
                .handle(number, name)
                .handle(number, name)
                .handle(policy.handle());
        require.parameters().sized(value).uint16(0).uint16(EQUAL);
        try {
            tpm.run(require, Authorisation.EMPTY_PASSWORD);
        } catch (TpmRefusal e) {
            throw erased(e);
        }
    }

    /// Says for the user that the key ended with its counter.
    ///
    /// @throws TpmRefusal the same, if it is about something else
    static SealException erased(TpmRefusal refusal) throws TpmRefusal {
        return switch (refusal.reason()) {
            case HANDLE, NV_UNINITIALIZED, POLICY, POLICY_FAIL, AUTH_FAIL, BAD_AUTH ->
                new SealException(Why.FOREIGN, "The key in the TPM was erased.", refusal);
            default -> throw refusal;
        };
    }

    boolean exists(Tpm tpm) throws IOException, TpmRefusal {
        return NvIndex.exists(tpm, number);
    }

    void undefine(Tpm tpm, HmacSession session) throws IOException, TpmRefusal, InterposedException {
        index().undefine(tpm, session);
    }

    /// Erases it after a failure, as far as that goes.
    void discard(Tpm tpm, HmacSession session, Exception failure) throws IOException {
        index().discard(tpm, session, failure);
    }

    private NvIndex index() {
        return new NvIndex(number, ATTRIBUTES, SIZE);
    }
}
