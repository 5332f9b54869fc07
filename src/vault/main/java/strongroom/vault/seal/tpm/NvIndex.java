package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.SecretBytes;

/// An index of the TPM's own memory: what lies there can be erased, whatever was copied of the disk. Made and
/// erased under the owner's (empty) authorisation. What it is follows from its number, attributes and size; its
/// name says all three, so a command about it cannot be turned to another.
///
/// @param number where it lies @param attributes TPMA_NV (Part 2 §13.4) but `WRITTEN` @param size in bytes
record NvIndex(int number, int attributes, int size) {
    /// The part of the index space that is for the owner (TCG registry of reserved handles).
    private static final int OWNERS_FIRST = 0x01800000;

    private static final int OWNERS_COUNT = 0x00400000;
    private static final int WRITTEN = 1 << 29;
    private static final int ATTEMPTS = 16;

    static boolean isOurs(int number) {
        return number >= OWNERS_FIRST && number - OWNERS_FIRST < OWNERS_COUNT;
    }

    static int anyNumber(SecureRandom random) {
        return OWNERS_FIRST + random.nextInt(OWNERS_COUNT);
    }

    /// Makes a new one under a random number. @param authValue which its attributes may ask for
    static NvIndex define(
            Tpm tpm, HmacSession session, SecretBytes authValue, int attributes, int size, SecureRandom random)
            throws IOException, TpmRefusal, InterposedException {
        for (int attempt = 0; ; attempt++) {
            NvIndex index = new NvIndex(anyNumber(random), attributes, size);
            try {
                index.define(tpm, session, authValue);
                return index;
            } catch (TpmRefusal e) {
                if (e.reason() != TpmRefusal.Reason.NV_DEFINED || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Makes it. @param authValue which its attributes may ask for
    void define(Tpm tpm, HmacSession session, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand define = new TpmCommand(TpmCommand.NV_DEFINE_SPACE).handle(TpmCommand.OWNER);
        authValue.<TpmWriter, RuntimeException>use(
                bytes -> define.parameters().sized(bytes).sized(publicArea(attributes)));
        try (SecretBytes ownersEmptyAuth = SecretBytes.ofAndZero(new byte[0])) {
            tpm.run(define, session.sealedThere(ownersEmptyAuth));
        }
    }

    /// Its name before the first write.
    byte[] newName() {
        return StorageRootKey.name(publicArea(attributes));
    }

    /// Its name from the first write on.
    byte[] name() {
        return StorageRootKey.name(publicArea(attributes | WRITTEN));
    }

    static boolean exists(Tpm tpm, int number) throws IOException, TpmRefusal {
        try {
            tpm.run(new TpmCommand(TpmCommand.NV_READ_PUBLIC).handle(number));
            return true;
        } catch (TpmRefusal e) {
            if (e.reason() == TpmRefusal.Reason.HANDLE) {
                return false;
            }
            throw e;
        }
    }

    /// Its name now; null if it is not there, or something else lies there.
    byte @Nullable [] presentName(Tpm tpm) throws IOException, TpmRefusal {
        byte[] there;
        try {
            there = tpm.run(new TpmCommand(TpmCommand.NV_READ_PUBLIC).handle(number))
                    .parameters()
                    .sized();
        } catch (TpmRefusal e) {
            if (e.reason() == TpmRefusal.Reason.HANDLE) {
                return null;
            }
            throw e;
        }
        byte[] name = StorageRootKey.name(there);
        return Arrays.equals(name, name()) || Arrays.equals(name, newName()) ? name : null;
    }

    /// Erases it; the response is authenticated, so nobody on the bus can feign it.
    void undefine(Tpm tpm, HmacSession session) throws IOException, TpmRefusal, InterposedException {
        undefine(tpm, session, name());
    }

    /// Erases it after a failure, as far as that goes; the failure stays what is told. Whether something was
    /// written is not known then.
    void discard(Tpm tpm, HmacSession session, Exception failure) throws IOException {
        for (byte[] presentName : new byte[][] {newName(), name()}) {
            try {
                undefine(tpm, session, presentName);
                return;
            } catch (TpmRefusal | InterposedException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /// The same. @param presentName one of the two
    void undefine(Tpm tpm, HmacSession session, byte[] presentName)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand undefine = new TpmCommand(TpmCommand.NV_UNDEFINE_SPACE)
                .handle(TpmCommand.OWNER)
                .handle(number, presentName);
        try (SecretBytes ownersEmptyAuth = SecretBytes.ofAndZero(new byte[0])) {
            tpm.run(undefine, session.plain(ownersEmptyAuth));
        }
    }

    private byte[] publicArea(int presentAttributes) {
        return new TpmWriter()
                .uint32(number)
                .uint16(0x000b) // SHA-256
                .uint32(presentAttributes)
                .uint16(0)
                .uint16(size)
                .toByteArray();
    }
}
