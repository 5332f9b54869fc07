package strongroom.protocol;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A public key that checks signatures: Ed25519 (RFC 8032) of people and administrators, or ECDSA P-256 with
/// SHA-256 (FIPS 186-5, DER signatures) of devices, whose keys live in hardware that has no Ed25519.
/// Immutable and safe for all threads.
public final class VerifyingKey {
    private static final int ENCODING_LIMIT = 128;

    /// The two kinds of key; the number is what stands in the canonical bytes.
    public enum Algorithm {
        /// RFC 8032, pure.
        ED25519(1, "Ed25519", "Ed25519", "302a300506032b6570032100", 32),
        /// FIPS 186-5 on P-256 with SHA-256.
        ECDSA_P256(2, "EC", "SHA256withECDSA", "3059301306072a8648ce3d020106082a8648ce3d03010703420004", 64);

        private final int code;
        private final String keyFactory;
        private final String signature;
        private final String prefix;
        private final int size;

        /// @param prefix what the X.509 encoding begins with (RFC 8410 §4, RFC 5480 §2), in hexadecimal digits
        /// @param size of what follows, in bytes
        Algorithm(int code, String keyFactory, String signature, String prefix, int size) {
            this.code = code;
            this.keyFactory = keyFactory;
            this.signature = signature;
            this.prefix = prefix;
            this.size = size;
        }

        private boolean isEncoding(byte[] encoded) {
            int start = encoded.length - size;
            return start >= 0 && HexFormat.of().formatHex(encoded, 0, start).equals(prefix);
        }

        private static Algorithm of(int code) throws MalformedException {
            for (Algorithm algorithm : values()) {
                if (algorithm.code == code) {
                    return algorithm;
                }
            }
            throw new MalformedException("unknown kind of key");
        }
    }

    private final Algorithm algorithm;
    private final byte[] subjectPublicKeyInfo;
    private final PublicKey key;

    private VerifyingKey(Algorithm algorithm, byte[] subjectPublicKeyInfo) throws MalformedException {
        this.algorithm = algorithm;
        this.subjectPublicKeyInfo = subjectPublicKeyInfo;
        // A second encoding of the same key would give it a second fingerprint. The JDK takes several: of the last
        // bits of a point that are zero some may be called unused.
        if (!algorithm.isEncoding(subjectPublicKeyInfo)) {
            throw new MalformedException("public key is not in its canonical encoding");
        }
        try {
            this.key = KeyFactory.getInstance(algorithm.keyFactory)
                    .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("not a public key", e);
        }
        if (!Arrays.equals(key.getEncoded(), subjectPublicKeyInfo)) {
            throw new MalformedException("public key is not in its canonical encoding");
        }
    }

    /// @param subjectPublicKeyInfo X.509 encoding (RFC 5280 §4.1.2.7), copied
    public static VerifyingKey of(Algorithm algorithm, byte[] subjectPublicKeyInfo) throws MalformedException {
        return new VerifyingKey(algorithm, subjectPublicKeyInfo.clone());
    }

    /// @param key an Ed25519 or a P-256 key of the JDK or of Bouncy Castle
    public static VerifyingKey of(PublicKey key) throws MalformedException {
        boolean elliptic = key.getAlgorithm().equals("EC") || key.getAlgorithm().equals("ECDSA");
        return of(elliptic ? Algorithm.ECDSA_P256 : Algorithm.ED25519, key.getEncoded());
    }

    /// Reads a key from canonical bytes.
    public static VerifyingKey read(CanonicalReader in) throws MalformedException {
        return new VerifyingKey(Algorithm.of(in.uint8()), in.bytes(ENCODING_LIMIT));
    }

    /// Writes the kind and the X.509 encoding.
    public void write(CanonicalWriter out) {
        out.uint8(algorithm.code).bytes(subjectPublicKeyInfo);
    }

    /// Whether `signature` is this key's over `message`. False for every malformed signature, never an exception.
    public boolean verifies(byte[] message, byte[] signature) {
        if (algorithm == Algorithm.ECDSA_P256 && !EcdsaSignature.isCanonical(signature)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(algorithm.signature);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// SHA-256 of the X.509 encoding: the name of the key.
    public Digest fingerprint() {
        return Digest.sha256(subjectPublicKeyInfo);
    }

    /// Which kind of key this is.
    public Algorithm algorithm() {
        return algorithm;
    }

    /// The key as the JDK knows it.
    public PublicKey toPublicKey() {
        return key;
    }

    /// The X.509 encoding, in a new array.
    public byte[] toByteArray() {
        return subjectPublicKeyInfo.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && Arrays.equals(subjectPublicKeyInfo, that.subjectPublicKeyInfo);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(subjectPublicKeyInfo);
    }

    @Override
    public String toString() {
        return algorithm + " " + fingerprint();
    }
}
