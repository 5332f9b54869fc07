package strongroom.vault.crypto;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import strongroom.protocol.codec.MalformedException;

/// One suite of HPKE (RFC 9180), base mode, single shot, by Bouncy Castle; sealed bytes are the encapsulation and
/// the ciphertext. The suite is a parameter only so that the published vectors, which exist for neighbours of our
/// suite, run through the same code. Immutable; safe for several threads: Bouncy Castle's object is not, since it has a
/// state while it derives keys, so each call makes its own.
final class Hpke {
    private static final int TAG = 16;

    private final short kem;
    private final short aead;
    private final int randomness;

    /// @param randomness what encapsulation takes from the source of randomness, in bytes
    Hpke(short kem, short aead, int randomness) {
        this.kem = kem;
        this.aead = aead;
        this.randomness = randomness;
    }

    private HPKE suite() {
        return new HPKE(HPKE.mode_base, kem, HPKE.kdf_HKDF_SHA256, aead);
    }

    byte[] publicKey(SecretBytes privateKey) {
        HPKE suite = suite();
        return suite.serializePublicKey(keyPair(suite, privateKey).getPublic());
    }

    byte[] seal(byte[] publicKey, byte[] info, byte[] aad, byte[] plaintext, RandomGenerator random)
            throws MalformedException {
        byte[] seed = new byte[randomness];
        random.nextBytes(seed);
        HPKE suite = suite();
        try {
            AsymmetricKeyParameter key = suite.deserializePublicKey(publicKey);
            // Bouncy Castle would otherwise ask its own source of randomness.
            HPKEContextWithEncapsulation context = suite.setupBaseS(key, info, seed);
            byte[] encapsulation = context.getEncapsulation();
            byte[] ciphertext = context.seal(aad, plaintext);
            byte[] sealed = Arrays.copyOf(encapsulation, encapsulation.length + ciphertext.length);
            System.arraycopy(ciphertext, 0, sealed, encapsulation.length, ciphertext.length);
            return sealed;
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Wrong length, coefficients over the modulus (FIPS 203 §7.2), or a point of small order.
            throw new MalformedException("not a public key to seal to", e);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("HPKE did not seal", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    SecretBytes open(SecretBytes privateKey, byte[] info, byte[] aad, byte[] sealed) throws NotAuthenticException {
        HPKE suite = suite();
        int encapsulation = suite.getEncSize();
        if (sealed.length < encapsulation + TAG) {
            throw new NotAuthenticException();
        }
        try {
            return SecretBytes.ofAndZero(
                    suite.setupBaseR(Arrays.copyOf(sealed, encapsulation), keyPair(suite, privateKey), info)
                            .open(aad, Arrays.copyOfRange(sealed, encapsulation, sealed.length)));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            // The last two: an encapsulation that is no point, or one of small order.
            throw new NotAuthenticException();
        }
    }

    private static AsymmetricCipherKeyPair keyPair(HPKE suite, SecretBytes privateKey) {
        return privateKey.<AsymmetricCipherKeyPair, RuntimeException>use(
                bytes -> suite.deserializePrivateKey(bytes, null));
    }
}
