package strongroom.vault.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import strongroom.vault.seal.SealException.Why;

/// Eight bytes of SHA-256 behind sealed bytes, by which damage on the disk is told from a wrong authorisation or
/// another machine. They prove nothing against an attacker; that is for the AES-GCM inside.
public final class Checksum {
    private static final int SIZE = 8;

    private Checksum() {}

    /// The bytes and their checksum.
    public static byte[] append(byte[] bytes) {
        byte[] whole = Arrays.copyOf(bytes, bytes.length + SIZE);
        System.arraycopy(sha256(bytes), 0, whole, bytes.length, SIZE);
        return whole;
    }

    /// The bytes without their checksum. @throws SealException with `DAMAGED` if it does not fit
    public static byte[] strip(byte[] whole) throws SealException {
        int size = Math.max(0, whole.length - SIZE);
        byte[] bytes = Arrays.copyOf(whole, size);
        if (!Arrays.equals(sha256(bytes), 0, SIZE, whole, size, whole.length)) {
            throw new SealException(Why.DAMAGED, "The sealed key is damaged.");
        }
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
