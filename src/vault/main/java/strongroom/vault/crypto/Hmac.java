package strongroom.vault.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import javax.crypto.Mac;

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1), for short input by {@link #of} and for long input piece by piece. An
/// object serves one thread; after {@link #finish} it starts anew under the same key.
public final class Hmac {
    /// Size of the result, in bytes.
    public static final int SIZE = 32;

    private static final Provider PROVIDER = provider();

    private final Mac mac;

    private static Provider provider() {
        try {
            return Mac.getInstance("HmacSHA256").getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// @param key at least one byte, borrowed for this call
    public Hmac(SecretBytes key) {
        if (key.size() == 0) {
            throw new IllegalArgumentException("HMAC without a key");
        }
        try {
            this.mac = Mac.getInstance("HmacSHA256", PROVIDER);
            mac.init(new BorrowedKey(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// Over the parts, one after the other. The caller sees to it that they cannot be cut differently.
    public static byte[] of(SecretBytes key, byte[]... parts) {
        Hmac hmac = new Hmac(key);
        for (byte[] part : parts) {
            hmac.update(part, 0, part.length);
        }
        return hmac.finish();
    }

    /// Compares in time that depends on the sizes only.
    public static boolean matches(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    /// Adds a piece.
    public void update(byte[] bytes, int offset, int length) {
        mac.update(bytes, offset, length);
    }

    /// Adds what remains of a buffer.
    public void update(ByteBuffer bytes) {
        mac.update(bytes);
    }

    /// The code over all pieces; the next piece begins a new message.
    public byte[] finish() {
        return mac.doFinal();
    }
}
