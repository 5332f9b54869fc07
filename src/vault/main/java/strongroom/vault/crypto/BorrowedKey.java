package strongroom.vault.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import javax.crypto.SecretKey;

/// Shows a secret to the JCE for the time of one call. Unlike `SecretKeySpec`, which cannot be destroyed, it
/// keeps no copy of its own: each `getEncoded` is a fresh one, which SunJCE zeroes after use.
final class BorrowedKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient SecretBytes secret;
    private final String algorithm;

    BorrowedKey(SecretBytes secret, String algorithm) {
        this.secret = secret;
        this.algorithm = algorithm;
    }

    /// In bytes.
    int size() {
        return secret.size();
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return secret.<byte[], RuntimeException>use(byte[]::clone);
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key");
    }
}
