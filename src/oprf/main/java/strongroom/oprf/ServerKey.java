package strongroom.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.ECPoint;

/// The server's key of the function: a secret scalar, and a public point by which clients know it (RFC 9497
/// §3.2). Whoever has the secret can try inputs by himself. It is in memory until the key is collected: Bouncy
/// Castle takes it as a {@link BigInteger}, which cannot be zeroed. Immutable; safe for several threads.
public final class ServerKey {
    /// Size of the secret, in bytes.
    public static final int SIZE = P256.SCALAR;

    /// What the server answers to a blinded element. Nothing in it is secret.
    ///
    /// @param element the evaluated element: a compressed point of P-256, 33 bytes; not copied
    /// @param proof that the key was used: two scalars, 64 bytes; not copied
    public record Answer(byte[] element, byte[] proof) {}

    private final BigInteger secret;
    private final ECPoint publicKey;

    private ServerKey(BigInteger secret) {
        this.secret = secret;
        this.publicKey = P256.multiplySecret(P256.generator(), secret).normalize();
    }

    /// A new key.
    ///
    /// @param random a cryptographically strong source
    public static ServerKey generate(SecureRandom random) {
        return new ServerKey(P256.randomScalar(random));
    }

    /// @param secret {@link #SIZE} bytes, big endian; neither kept nor changed
    /// @throws OprfException unless it is above zero and below the order of the group
    public static ServerKey of(byte[] secret) throws OprfException {
        BigInteger scalar = P256.scalar(secret);
        if (scalar.signum() == 0) {
            throw new OprfException("not a key: it is zero");
        }
        return new ServerKey(scalar);
    }

    /// The secret, {@link #SIZE} bytes in a new array, which the caller fills with zeros.
    public byte[] toByteArray() {
        return P256.encode(secret);
    }

    /// The public key: a compressed point of P-256, 33 bytes in a new array.
    public byte[] publicKey() {
        return P256.encode(publicKey);
    }

    /// Evaluates what a client blinded, and proves it (BlindEvaluate, §3.3.2).
    ///
    /// @param blinded as the client sent it
    /// @param random a cryptographically strong source: a proof whose randomness is known gives the secret away
    /// @throws OprfException if that is not a compressed point of P-256 other than the identity
    public Answer evaluate(byte[] blinded, SecureRandom random) throws OprfException {
        return evaluate(blinded, P256.randomScalar(random));
    }

    /// With randomness that somebody published, for vectors alone.
    Answer evaluate(byte[] blinded, BigInteger nonce) throws OprfException {
        ECPoint element = P256.element(blinded);
        ECPoint evaluated = P256.multiplySecret(element, secret).normalize();
        EqualityProof proof = EqualityProof.make(secret, publicKey, element, evaluated, nonce);
        return new Answer(P256.encode(evaluated), proof.toByteArray());
    }
}
