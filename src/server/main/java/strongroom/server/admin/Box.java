package strongroom.server.admin;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import strongroom.protocol.codec.MalformedException;

/// HPKE (RFC 9180, base mode, single shot) with X-Wing, HKDF-SHA256 and AES-256-GCM, by Bouncy Castle: what
/// devices seal their keys with, see `docs/vault-format.md`. Sealed bytes are the encapsulation and the
/// ciphertext. A private key is X-Wing's seed. Bouncy Castle's object has a state, so each call makes its own.
final class Box {
    /// Bytes of a seed.
    static final int SEED = 32;

    private static final int PUBLIC_KEY = 1216;
    private static final int TAG = 16;

    private Box() {}

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    /// The public half of a seed.
    static byte[] publicKey(byte[] seed) {
        HPKE suite = suite();
        return suite.serializePublicKey(suite.deserializePrivateKey(seed, null).getPublic());
    }

    /// Seals to a public key. @throws MalformedException if it is none
    static byte[] seal(byte[] publicKey, byte[] info, byte[] bound, byte[] plaintext, SecureRandom random)
            throws MalformedException {
        if (publicKey.length != PUBLIC_KEY) {
            throw new MalformedException("not a public key to seal to");
        }
        byte[] seed = new byte[2 * SEED];
        random.nextBytes(seed);
        HPKE suite = suite();
        try {
            HPKEContextWithEncapsulation context = suite.setupBaseS(suite.deserializePublicKey(publicKey), info, seed);
            byte[] encapsulation = context.getEncapsulation();
            byte[] ciphertext = context.seal(bound, plaintext);
            byte[] sealed = Arrays.copyOf(encapsulation, encapsulation.length + ciphertext.length);
            System.arraycopy(ciphertext, 0, sealed, encapsulation.length, ciphertext.length);
            return sealed;
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Coefficients over the modulus (FIPS 203 §7.2), or a point of small order.
            throw new MalformedException("not a public key to seal to", e);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("HPKE did not seal", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// Opens what was sealed to the seed's public half.
    ///
    /// @return in a new array, which the caller fills with zeros
    /// @throws MalformedException if it was sealed to another key, for something else, or was changed
    static byte[] open(byte[] seed, byte[] info, byte[] bound, byte[] sealed) throws MalformedException {
        HPKE suite = suite();
        int encapsulation = suite.getEncSize();
        if (sealed.length < encapsulation + TAG) {
            throw new MalformedException("too short to be sealed");
        }
        try {
            return suite.setupBaseR(Arrays.copyOf(sealed, encapsulation), suite.deserializePrivateKey(seed, null), info)
                    .open(bound, Arrays.copyOfRange(sealed, encapsulation, sealed.length));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new MalformedException("sealed to another key, or changed", e);
        }
    }
}
