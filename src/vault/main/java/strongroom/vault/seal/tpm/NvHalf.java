package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import strongroom.vault.crypto.SecretBytes;

/// One half of the key lies in the TPM itself, in an NV index of its own, because only what lies there can be
/// erased: every sealed blob can have been copied before. Made under the owner's (empty) authorisation, read and
/// written under one that follows from the other half. The owner of the machine can delete it; that costs the
/// seal and gives nothing away.
final class NvHalf {
    static final int SIZE = 32;

    /// The part of the index space that is for the owner (TCG registry of reserved handles).
    private static final int OWNERS_FIRST = 0x01800000;

    private static final int OWNERS_COUNT = 0x00400000;
    // Written and read by its authorisation, which has 256 bits and needs no counting.
    private static final int ATTRIBUTES = 1 << 2 | 1 << 18 | 1 << 25;
    private static final int WRITTEN = 1 << 29;
    private static final int ATTEMPTS = 16;

    private NvHalf() {}

    static boolean isOurs(int index) {
        return index >= OWNERS_FIRST && index - OWNERS_FIRST < OWNERS_COUNT;
    }

    /// Puts the half into a new index under a random number. @return the number
    static int create(Tpm tpm, HmacSession session, SecretBytes authValue, SecretBytes half, SecureRandom random)
            throws IOException, TpmRefusal, InterposedException {
        int index = define(tpm, session, authValue, random);
        boolean written = false;
        try {
            byte[] name = StorageRootKey.name(publicArea(index, ATTRIBUTES));
            TpmCommand write =
                    new TpmCommand(TpmCommand.NV_WRITE).handle(index, name).handle(index, name);
            half.<TpmWriter, RuntimeException>use(
                    bytes -> write.parameters().sized(bytes).uint16(0));
            tpm.run(write, session.sealedThere(authValue));
            written = true;
            return index;
        } finally {
            if (!written) {
                undefine(tpm, session, index, ATTRIBUTES);
            }
        }
    }

    static SecretBytes read(Tpm tpm, HmacSession session, int index, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        byte[] name = StorageRootKey.name(publicArea(index, ATTRIBUTES | WRITTEN));
        TpmCommand read = new TpmCommand(TpmCommand.NV_READ).handle(index, name).handle(index, name);
        read.parameters().uint16(SIZE).uint16(0);
        return SecretBytes.ofAndZero(
                tpm.run(read, session.sealedBack(authValue)).parameters().sized());
    }

    static boolean exists(Tpm tpm, int index) throws IOException, TpmRefusal {
        try {
            tpm.run(new TpmCommand(TpmCommand.NV_READ_PUBLIC).handle(index));
            return true;
        } catch (TpmRefusal e) {
            if (e.reason() == TpmRefusal.Reason.HANDLE) {
                return false;
            }
            throw e;
        }
    }

    /// Erases it; the response is authenticated, so nobody on the bus can feign it.
    static void undefine(Tpm tpm, HmacSession session, int index) throws IOException, TpmRefusal, InterposedException {
        undefine(tpm, session, index, ATTRIBUTES | WRITTEN);
    }

    private static void undefine(Tpm tpm, HmacSession session, int index, int attributes)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand undefine = new TpmCommand(TpmCommand.NV_UNDEFINE_SPACE)
                .handle(TpmCommand.OWNER)
                .handle(index, StorageRootKey.name(publicArea(index, attributes)));
        try (SecretBytes ownersEmptyAuth = SecretBytes.ofAndZero(new byte[0])) {
            tpm.run(undefine, session.plain(ownersEmptyAuth));
        }
    }

    private static int define(Tpm tpm, HmacSession session, SecretBytes authValue, SecureRandom random)
            throws IOException, TpmRefusal, InterposedException {
        for (int attempt = 0; ; attempt++) {
            int index = OWNERS_FIRST + random.nextInt(OWNERS_COUNT);
            try {
                define(tpm, session, authValue, index);
                return index;
            } catch (TpmRefusal e) {
                if (e.reason() != TpmRefusal.Reason.NV_DEFINED || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void define(Tpm tpm, HmacSession session, SecretBytes authValue, int index)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand define = new TpmCommand(TpmCommand.NV_DEFINE_SPACE).handle(TpmCommand.OWNER);
        authValue.<TpmWriter, RuntimeException>use(
                bytes -> define.parameters().sized(bytes).sized(publicArea(index, ATTRIBUTES)));
        try (SecretBytes ownersEmptyAuth = SecretBytes.ofAndZero(new byte[0])) {
            tpm.run(define, session.sealedThere(ownersEmptyAuth));
        }
    }

    private static byte[] publicArea(int index, int attributes) {
        return new TpmWriter()
                .uint32(index)
                .uint16(0x000b) // SHA-256
                .uint32(attributes)
                .uint16(0)
                .uint16(SIZE)
                .toByteArray();
    }
}
