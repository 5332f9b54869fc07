package strongroom.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/// The client's side of one evaluation (RFC 9497 §3.3.2). Blinds an input, so that the server learns nothing of
/// it, and makes the output of the server's answer, if the answer was made with the key that the client
/// expects. For one thread. Closed by whoever made it: the copy of the input is zeroed; the blind and what
/// Bouncy Castle computes from both are {@link BigInteger}, which cannot be.
public final class BlindedInput implements AutoCloseable {
    /// The longest input, in bytes (§5.1).
    public static final int MAX_INPUT = Transcript.MAX_FIELD;

    private final byte[] input;
    private final ECPoint element;
    private @Nullable BigInteger blind;

    private BlindedInput(byte[] input, BigInteger blind) {
        this.element = P256.multiplySecret(P256.hashToGroup(input), blind).normalize();
        this.input = input.clone();
        this.blind = blind;
    }

    /// Blinds an input.
    ///
    /// @param input at most {@link #MAX_INPUT} bytes, copied
    /// @param random a cryptographically strong source
    /// @throws IllegalArgumentException if it is longer, or hashes to the identity, as no known input does
    public static BlindedInput blind(byte[] input, SecureRandom random) {
        return blind(input, P256.randomScalar(random));
    }

    /// With a blind that somebody published, for vectors alone.
    static BlindedInput blind(byte[] input, BigInteger blind) {
        if (input.length > MAX_INPUT) {
            throw new IllegalArgumentException("an input has at most 65535 bytes");
        }
        return new BlindedInput(input, blind);
    }

    /// What the server is asked to evaluate: a compressed point of P-256, 33 bytes in a new array. It says
    /// nothing of the input, whatever somebody can compute: with another blind it is that of any other input.
    public byte[] element() {
        return P256.encode(element);
    }

    /// Makes the output of the server's answer (Finalize). It depends on the input and the server's key alone.
    ///
    /// @param evaluated the element that the server answered with @param proof its proof
    /// @param publicKey of the key that must have been used
    /// @return 32 bytes in a new array, which the caller fills with zeros
    /// @throws OprfException if one of the three is not well formed, or the proof does not hold
    /// @throws IllegalStateException if this was closed
    public byte[] finish(byte[] evaluated, byte[] proof, byte[] publicKey) throws OprfException {
        if (blind == null) {
            throw new IllegalStateException("the blinded input was closed");
        }
        ECPoint answer = P256.element(evaluated);
        if (!EqualityProof.of(proof).holds(P256.element(publicKey), element, answer)) {
            throw new OprfException("the answer was not made with this key");
        }
        byte[] unblinded = P256.encode(P256.multiplySecret(answer, P256.inverse(blind)));
        try (Transcript transcript = new Transcript()) {
            return transcript.field(input).field(unblinded).label("Finalize").hash();
        } finally {
            Arrays.fill(unblinded, (byte) 0);
        }
    }

    /// Zeroes the input and lets the blind go.
    @Override
    public void close() {
        Arrays.fill(input, (byte) 0);
        blind = null;
    }
}
