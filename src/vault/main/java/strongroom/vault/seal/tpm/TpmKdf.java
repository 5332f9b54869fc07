package strongroom.vault.seal.tpm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import strongroom.vault.crypto.Hmac;
import strongroom.vault.crypto.SecretBytes;

/// The TPM's key derivations and hash, all with SHA-256 and 256 bits of output (Part 1 §11.4.10).
final class TpmKdf {
    private static final byte[] BITS = {0, 0, 1, 0};
    private static final byte[] FIRST = {0, 0, 0, 1};

    private TpmKdf() {}

    /// KDFa: SP 800-108 in counter mode with HMAC. One round gives all 256 bits.
    static SecretBytes a(SecretBytes key, String label, byte[] contextU, byte[] contextV) {
        return SecretBytes.ofAndZero(Hmac.of(key, FIRST, label(label), contextU, contextV, BITS));
    }

    /// KDFe: SP 800-56A over the shared coordinate of ECDH. Zeroes it.
    static SecretBytes e(byte[] shared, String label, byte[] partyU, byte[] partyV) {
        byte[] derived = sha256(FIRST, shared, label(label), partyU, partyV);
        Arrays.fill(shared, (byte) 0);
        return SecretBytes.ofAndZero(derived);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] label(String label) {
        return (label + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}
