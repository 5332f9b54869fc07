package strongroom.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;

/// Proof that one secret makes the public key of the generator and an evaluated element of a blinded one (RFC
/// 9497 §2.2), for one such pair. Nothing in it is secret.
record EqualityProof(BigInteger challenge, BigInteger response) {
    /// Size of a proof, in bytes: two scalars.
    static final int SIZE = 2 * P256.SCALAR;

    static EqualityProof of(byte[] encoded) throws OprfException {
        if (encoded.length != SIZE) {
            throw new OprfException("not a proof: it has not 64 bytes");
        }
        return new EqualityProof(
                P256.scalar(Arrays.copyOf(encoded, P256.SCALAR)),
                P256.scalar(Arrays.copyOfRange(encoded, P256.SCALAR, SIZE)));
    }

    byte[] toByteArray() {
        byte[] encoded = Arrays.copyOf(P256.encode(challenge), SIZE);
        System.arraycopy(P256.encode(response), 0, encoded, P256.SCALAR, P256.SCALAR);
        return encoded;
    }

    /// GenerateProof (§2.2.1).
    ///
    /// @param nonce random, secret and used once: two proofs with the same one give the secret away
    static EqualityProof make(
            BigInteger secret, ECPoint publicKey, ECPoint blinded, ECPoint evaluated, BigInteger nonce) {
        BigInteger weight = weight(publicKey, blinded, evaluated);
        ECPoint m = P256.multiplyPublic(blinded, weight);
        ECPoint z = P256.multiplyPublic(evaluated, weight);
        BigInteger challenge =
                challenge(publicKey, m, z, P256.multiplySecret(P256.generator(), nonce), P256.multiplySecret(m, nonce));
        return new EqualityProof(challenge, P256.subtractProduct(nonce, challenge, secret));
    }

    /// VerifyProof (§2.2.2).
    boolean holds(ECPoint publicKey, ECPoint blinded, ECPoint evaluated) {
        BigInteger weight = weight(publicKey, blinded, evaluated);
        ECPoint m = P256.multiplyPublic(blinded, weight);
        ECPoint z = P256.multiplyPublic(evaluated, weight);
        BigInteger expected = challenge(
                publicKey,
                m,
                z,
                P256.sumPublic(P256.generator(), response, publicKey, challenge),
                P256.sumPublic(m, response, z, challenge));
        return expected.equals(challenge);
    }

    /// The weight of the one pair in ComputeComposites.
    private static BigInteger weight(ECPoint publicKey, ECPoint blinded, ECPoint evaluated) {
        try (Transcript seed = new Transcript();
                Transcript composite = new Transcript()) {
            seed.field(P256.encode(publicKey)).field(P256.context("Seed-"));
            return composite
                    .field(seed.hash())
                    .number(0)
                    .field(P256.encode(blinded))
                    .field(P256.encode(evaluated))
                    .label("Composite")
                    .hashToScalar();
        }
    }

    private static BigInteger challenge(ECPoint publicKey, ECPoint m, ECPoint z, ECPoint t2, ECPoint t3) {
        try (Transcript transcript = new Transcript()) {
            return transcript
                    .field(P256.encode(publicKey))
                    .field(P256.encode(m))
                    .field(P256.encode(z))
                    .field(P256.encode(t2))
                    .field(P256.encode(t3))
                    .label("Challenge")
                    .hashToScalar();
        }
    }
}
