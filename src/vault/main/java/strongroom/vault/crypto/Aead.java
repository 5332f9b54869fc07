package strongroom.vault.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM (NIST SP 800-38D) by the JDK, for small things: rows, wrapped keys, sealed secrets. With random
/// nonces one key seals at most 2^32 of them. Safe for several threads.
public final class Aead {
    /// Size of a key, in bytes.
    public static final int KEY = 32;
    /// Size of a nonce, in bytes.
    public static final int NONCE = 12;
    /// Size of the tag at the end, in bytes.
    public static final int TAG = 16;
    /// By how many bytes the result of {@link #seal(SecretBytes, RandomGenerator, byte[], byte[])} is longer.
    public static final int OVERHEAD = NONCE + TAG;

    // Looked up once: the search through the providers takes longer than to seal a row.
    private static final Provider PROVIDER = provider();

    private Aead() {}

    private static Provider provider() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding").getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /// Seals under a nonce of the caller's, who never uses it again with this key.
    ///
    /// @return ciphertext and tag
    public static byte[] seal(SecretBytes key, byte[] nonce, byte[] aad, byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + TAG];
        encrypt(key, nonce, aad, plaintext, sealed, 0);
        return sealed;
    }

    /// Seals under a random nonce. @return nonce, ciphertext and tag
    public static byte[] seal(SecretBytes key, RandomGenerator random, byte[] aad, byte[] plaintext) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = Arrays.copyOf(nonce, plaintext.length + OVERHEAD);
        encrypt(key, nonce, aad, plaintext, sealed, NONCE);
        return sealed;
    }

    /// Seals a secret under a random nonce. @return nonce, ciphertext and tag
    public static byte[] seal(SecretBytes key, RandomGenerator random, byte[] aad, SecretBytes plaintext) {
        return plaintext.<byte[], RuntimeException>use(bytes -> seal(key, random, aad, bytes));
    }

    /// Opens ciphertext and tag.
    public static byte[] open(SecretBytes key, byte[] nonce, byte[] aad, byte[] sealed) throws NotAuthenticException {
        return decrypt(key, nonce, aad, sealed, 0);
    }

    /// Opens nonce, ciphertext and tag.
    public static byte[] open(SecretBytes key, byte[] aad, byte[] sealed) throws NotAuthenticException {
        if (sealed.length < OVERHEAD) {
            throw new NotAuthenticException();
        }
        return decrypt(key, Arrays.copyOf(sealed, NONCE), aad, sealed, NONCE);
    }

    /// Opens nonce, ciphertext and tag of a secret. @return the secret, closed by the caller
    public static SecretBytes openSecret(SecretBytes key, byte[] aad, byte[] sealed) throws NotAuthenticException {
        return SecretBytes.ofAndZero(open(key, aad, sealed));
    }

    static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding", PROVIDER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static void encrypt(SecretBytes key, byte[] nonce, byte[] aad, byte[] plaintext, byte[] out, int offset) {
        try {
            Cipher cipher = cipher();
            start(cipher, Cipher.ENCRYPT_MODE, new BorrowedKey(key, "AES"), nonce, aad);
            cipher.doFinal(plaintext, 0, plaintext.length, out, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM did not encrypt", e);
        }
    }

    private static byte[] decrypt(SecretBytes key, byte[] nonce, byte[] aad, byte[] sealed, int offset)
            throws NotAuthenticException {
        return decrypt(cipher(), new BorrowedKey(key, "AES"), nonce, aad, sealed, offset);
    }

    private static byte[] decrypt(Cipher cipher, BorrowedKey key, byte[] nonce, byte[] aad, byte[] sealed, int offset)
            throws NotAuthenticException {
        if (sealed.length - offset < TAG) {
            throw new NotAuthenticException();
        }
        try {
            start(cipher, Cipher.DECRYPT_MODE, key, nonce, aad);
            return cipher.doFinal(sealed, offset, sealed.length - offset);
        } catch (AEADBadTagException e) {
            throw new NotAuthenticException();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM did not decrypt", e);
        }
    }

    private static void start(Cipher cipher, int mode, BorrowedKey key, byte[] nonce, byte[] aad)
            throws GeneralSecurityException {
        // GCM takes other sizes, too, and gets weaker by them.
        if (key.size() != KEY || nonce.length != NONCE) {
            throw new IllegalArgumentException("a key has 32 bytes and a nonce 12");
        }
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(aad);
    }

    /// Opens many things under one key, whose schedule is made once. Not safe for several threads.
    public static final class Opener {
        private final BorrowedKey key;
        private final Cipher cipher = cipher();

        /// @param key 32 bytes, borrowed for the life of this object
        public Opener(SecretBytes key) {
            this.key = new BorrowedKey(key, "AES");
        }

        /// Opens nonce, ciphertext and tag.
        public byte[] open(byte[] aad, byte[] sealed) throws NotAuthenticException {
            if (sealed.length < OVERHEAD) {
                throw new NotAuthenticException();
            }
            return decrypt(cipher, key, Arrays.copyOf(sealed, NONCE), aad, sealed, NONCE);
        }
    }
}
