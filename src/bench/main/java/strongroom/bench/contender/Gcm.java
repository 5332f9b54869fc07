package strongroom.bench.contender;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The JDK's own AES-256-GCM and nothing around it. Every number is sealed once under a key. One thread at a time.
final class Gcm {
    /// What a sealed text is longer than the text, in bytes.
    static final int OVERHEAD = 16;

    private final SecretKey key;
    private final Cipher cipher;

    Gcm(SecretKey key) {
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A key for one file.
    static SecretKey freshKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }

    /// @return how many bytes were put out
    int seal(long number, byte[] text, int from, int length, byte[] into, int at) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number));
            return cipher.doFinal(text, from, length, into, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return how many bytes were put out @throws IOException if it is not what was sealed under that number
    int open(long number, byte[] sealed, int from, int length, byte[] into, int at) throws IOException {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(number));
            return cipher.doFinal(sealed, from, length, into, at);
        } catch (GeneralSecurityException e) {
            throw new IOException("not what was sealed", e);
        }
    }

    private static GCMParameterSpec nonce(long number) {
        return new GCMParameterSpec(
                8 * OVERHEAD, ByteBuffer.allocate(12).putInt(0).putLong(number).array());
    }
}
