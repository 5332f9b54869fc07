package strongroom.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.crypto.hash2curve.OPRFHashToScalar;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/// The group of the suite P256-SHA256 in the mode VOPRF (RFC 9497 §2.1, §3.1, §4.3), all of it by Bouncy
/// Castle. An element is a point of P-256 in the compressed form of SEC 1, a scalar 32 bytes, big endian.
/// Stateless; safe for several threads.
///
/// What takes the same time for every secret, by Bouncy Castle's account: multiplying a point by a secret (a
/// fixed window, a table that is read as a whole, limbs of fixed length) and inverting a scalar. What does not:
/// reading, writing, adding and multiplying scalars, and hashing to the group. They are {@link BigInteger},
/// whose time depends a little on the values (RFC 9497 §7.4 asks for more) and whose memory cannot be zeroed.
/// Of what a stranger can ask for again and again that is above all the sum in a proof: the secret times a
/// number that is another each time, taken from a fresh random one.
final class P256 {
    /// Size of an element, in bytes.
    static final int ELEMENT = 33;
    /// Size of a scalar, in bytes.
    static final int SCALAR = 32;

    private static final int SECURITY_BITS = 128;
    private static final String CONTEXT = "OPRFV1-\u0001-P256-SHA256";

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");
    private static final BigInteger ORDER = CURVE.getN();
    // Both hash with a copy of their digest.
    private static final HashToEllipticCurve TO_GROUP =
            HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, "HashToGroup-" + CONTEXT);
    private static final OPRFHashToScalar TO_SCALAR =
            new OPRFHashToScalar(CURVE.getCurve(), new SHA256Digest(), SECURITY_BITS);

    private P256() {}

    static ECPoint generator() {
        return CURVE.getG();
    }

    /// Deserialises an element: in exactly the one form, on the curve, and not the identity.
    static ECPoint element(byte[] encoded) throws OprfException {
        // Bouncy Castle would take the identity and the uncompressed and hybrid forms, too.
        if (encoded.length != ELEMENT || encoded[0] != 0x02 && encoded[0] != 0x03) {
            throw new OprfException("not an element: it is no compressed point of P-256");
        }
        try {
            return CURVE.getCurve().decodePoint(encoded);
        } catch (IllegalArgumentException e) {
            throw new OprfException("not an element: it is not on the curve", e);
        }
    }

    static byte[] encode(ECPoint element) {
        return element.getEncoded(true);
    }

    /// Deserialises a scalar: 0 to the order of the group less one.
    static BigInteger scalar(byte[] encoded) throws OprfException {
        if (encoded.length != SCALAR) {
            throw new OprfException("not a scalar: it has not 32 bytes");
        }
        BigInteger scalar = new BigInteger(1, encoded);
        if (scalar.compareTo(ORDER) >= 0) {
            throw new OprfException("not a scalar: it is not below the order of the group");
        }
        return scalar;
    }

    static byte[] encode(BigInteger scalar) {
        return BigIntegers.asUnsignedByteArray(SCALAR, scalar);
    }

    /// A uniformly random scalar that is not zero, by rejection (§4.7.1).
    static BigInteger randomScalar(SecureRandom random) {
        return BigIntegers.createRandomInRange(BigInteger.ONE, ORDER.subtract(BigInteger.ONE), random);
    }

    static BigInteger inverse(BigInteger secret) {
        return BigIntegers.modOddInverse(ORDER, secret);
    }

    /// `a - b * c`
    static BigInteger subtractProduct(BigInteger a, BigInteger b, BigInteger c) {
        return BigIntegers.modSubtract(ORDER, a, BigIntegers.modMult(ORDER, b, c));
    }

    /// In a time that does not depend on the scalar.
    static ECPoint multiplySecret(ECPoint element, BigInteger secret) {
        return ECAlgorithms.multiplySecret(element, secret, ORDER);
    }

    /// For what was sent in the open only: the time depends on the scalar.
    static ECPoint multiplyPublic(ECPoint element, BigInteger scalar) {
        return element.multiply(scalar);
    }

    /// `a * p + b * q`, for what was sent in the open only: the time depends on the scalars.
    static ECPoint sumPublic(ECPoint p, BigInteger a, ECPoint q, BigInteger b) {
        return ECAlgorithms.sumOfTwoMultiplies(p, a, q, b);
    }

    /// HashToGroup (RFC 9380, P256_XMD:SHA-256_SSWU_RO_).
    ///
    /// @throws IllegalArgumentException if the input hashes to the identity; nobody knows one that does
    static ECPoint hashToGroup(byte[] input) {
        return blindable(CURVE.getCurve().importPoint(TO_GROUP.hashToCurve(input)));
    }

    static ECPoint blindable(ECPoint hashed) {
        if (hashed.isInfinity()) {
            // InvalidInputError: times any blind it is the identity again, and every key has the same output.
            throw new IllegalArgumentException("the input hashes to the identity");
        }
        return hashed;
    }

    /// HashToScalar with its own prefix.
    static BigInteger hashToScalar(byte[] message) {
        return hashToScalar(message, "HashToScalar-");
    }

    /// @param prefix what the context string follows in the domain separation tag
    static BigInteger hashToScalar(byte[] message, String prefix) {
        return TO_SCALAR.process(message, context(prefix));
    }

    /// The context string (§3.1) behind a prefix.
    static byte[] context(String prefix) {
        return Transcript.ascii(prefix + CONTEXT);
    }

    /// The hash of the suite.
    static byte[] hash(byte[] message) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(message, 0, message.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
