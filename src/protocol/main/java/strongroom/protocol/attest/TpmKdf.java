package strongroom.protocol.attest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The TPM's key derivations with SHA-256 (Part 1 §11.4.10), of one round each: up to 256 bits.
final class TpmKdf {
    static final int SIZE = 32;

    private static final byte[] FIRST = {0, 0, 0, 1};

    private TpmKdf() {}

    /// KDFa: SP 800-108 in counter mode with HMAC. @param size in bytes, up to 32
    static byte[] a(byte[] key, String label, byte[] contextU, int size) {
        byte[] bits = {0, 0, (byte) (8 * size >>> 8), (byte) (8 * size)};
        return Arrays.copyOf(hmac(key, FIRST, label(label), contextU, bits), size);
    }

    /// KDFe: SP 800-56A over the shared coordinate of ECDH, which is zeroed.
    static byte[] e(byte[] shared, String label, byte[] partyU, byte[] partyV) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : new byte[][] {FIRST, shared, label(label), partyU, partyV}) {
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    static byte[] label(String label) {
        return (label + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}
