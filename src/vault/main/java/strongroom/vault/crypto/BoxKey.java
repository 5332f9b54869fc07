package strongroom.vault.crypto;

import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.hpke.HPKE;
import strongroom.protocol.codec.MalformedException;

/// A key to which others seal: HPKE (RFC 9180, base mode, single shot) with X-Wing (X25519 and ML-KEM-768,
/// draft-connolly-cfrg-xwing-kem), HKDF-SHA256 and AES-256-GCM. What is copied from the server today stays closed
/// when one of the two, X25519 or ML-KEM, has fallen. It says nothing about who sealed: that needs a signature.
/// The secret is X-Wing's seed of 32 bytes, held off the heap. Safe for several threads; closed by whoever made it.
///
/// Checked: `HpkeVectorsTest` runs the published vectors of HPKE with X-Wing through this code (public key,
/// encapsulation and ciphertexts equal; they exist with ChaCha20-Poly1305) and RFC 9180's for AES-256-GCM. Not
/// checked: that Bouncy Castle takes the same time for every secret; we have its authors' word.
public final class BoxKey implements AutoCloseable {
    /// Size of a seed, in bytes.
    public static final int SEED = 32;
    /// Size of a public key, in bytes.
    public static final int PUBLIC_KEY = 1216;
    /// By how many bytes sealed bytes are longer.
    public static final int OVERHEAD = 1120 + Aead.TAG;

    private static final Hpke SUITE = new Hpke(HPKE.kem_X_WING, HPKE.aead_AES_GCM256, 64);

    private final SecretBytes seed;
    private final byte[] publicKey;

    private BoxKey(SecretBytes seed) {
        this.seed = seed;
        this.publicKey = SUITE.publicKey(seed);
    }

    /// A new key.
    public static BoxKey generate(RandomGenerator random) {
        return new BoxKey(SecretBytes.random(SEED, random));
    }

    /// @param seed {@link #SEED} bytes, copied
    public static BoxKey fromSeed(SecretBytes seed) {
        if (seed.size() != SEED) {
            throw new IllegalArgumentException("a seed has 32 bytes");
        }
        return new BoxKey(seed.copy());
    }

    /// Seals to a public key.
    ///
    /// @param info what this is for @param aad what else it is bound to; both are needed again to open it
    /// @param random a cryptographically strong source
    /// @throws MalformedException if that is not a public key of this kind
    public static byte[] seal(byte[] publicKey, byte[] info, byte[] aad, byte[] plaintext, RandomGenerator random)
            throws MalformedException {
        if (publicKey.length != PUBLIC_KEY) {
            throw new MalformedException("not a public key to seal to");
        }
        return SUITE.seal(publicKey, info, aad, plaintext, random);
    }

    /// Seals a secret to a public key.
    public static byte[] seal(byte[] publicKey, byte[] info, byte[] aad, SecretBytes plaintext, RandomGenerator random)
            throws MalformedException {
        return plaintext.<byte[], MalformedException>use(bytes -> seal(publicKey, info, aad, bytes, random));
    }

    /// Opens what was sealed to this key.
    ///
    /// @return the plaintext, closed by the caller
    /// @throws NotAuthenticException if it was sealed to another key, for something else, or was changed
    public SecretBytes open(byte[] info, byte[] aad, byte[] sealed) throws NotAuthenticException {
        return SUITE.open(seed, info, aad, sealed);
    }

    /// The public half, {@link #PUBLIC_KEY} bytes in a new array.
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// A copy of the seed, closed by the caller.
    public SecretBytes toSecret() {
        return seed.copy();
    }

    @Override
    public void close() {
        seed.close();
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "BoxKey";
    }
}
