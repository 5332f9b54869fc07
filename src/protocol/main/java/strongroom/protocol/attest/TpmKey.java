package strongroom.protocol.attest;

import java.math.BigInteger;
import java.util.Arrays;
import strongroom.protocol.Digest;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;

/// The public area (TPMT_PUBLIC, Part 2 §12.2.4) of a key that signs by ECDSA on P-256 with SHA-256. What a TPM does
/// with the key follows from its attributes.
final class TpmKey {
    /// Made in this TPM and never to leave it: fixedTPM, fixedParent, sensitiveDataOrigin.
    private static final int STAYS = 1 << 1 | 1 << 4 | 1 << 5;

    private static final int NO_DA = 1 << 10;
    private static final int USER_WITH_AUTH = 1 << 6;
    private static final int RESTRICTED = 1 << 16;
    private static final int SIGN = 1 << 18;

    /// The kinds there are, and no others.
    enum Kind {
        /// A device's own key: signs what it is given, for as long as its policy holds.
        OF_DEVICE(STAYS | NO_DA | SIGN, 32),
        /// Signs what the TPM itself says and nothing that looks like it. Has no policy.
        ATTESTS(STAYS | NO_DA | USER_WITH_AUTH | RESTRICTED | SIGN, 0);

        private final int attributes;
        private final int policy;

        Kind(int attributes, int policy) {
            this.attributes = attributes;
            this.policy = policy;
        }

        int attributes() {
            return attributes;
        }

        /// Size of the policy's digest, in bytes.
        int policy() {
            return policy;
        }
    }

    private static final int SHA256 = 0x000b;
    private static final int ECDSA = 0x0018;
    private static final int NOTHING = 0x0010;
    private static final int COORDINATE = 32;
    /// SubjectPublicKeyInfo of a point on P-256, up to the coordinates (RFC 5480 §2).
    private static final byte[] HEADER = {
        0x30,
        0x59,
        0x30,
        0x13,
        0x06,
        0x07,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0xce,
        0x3d,
        0x02,
        0x01,
        0x06,
        0x08,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0xce,
        0x3d,
        0x03,
        0x01,
        0x07,
        0x03,
        0x42,
        0x00,
        0x04
    };

    private final byte[] publicArea;
    private final VerifyingKey key;

    private TpmKey(byte[] publicArea, VerifyingKey key) {
        this.publicArea = publicArea;
        this.key = key;
    }

    /// @param publicArea not copied @param kind which it must be
    static TpmKey read(byte[] publicArea, Kind kind) throws MalformedException {
        TpmFields in = new TpmFields(publicArea);
        in.expect16(0x0023, "kind of key");
        in.expect16(SHA256, "digest");
        in.expect32(kind.attributes, "set of attributes");
        in.expect16(kind.policy, "size of policy");
        in.fixed(kind.policy);
        in.expect16(NOTHING, "cipher");
        in.expect16(ECDSA, "scheme");
        in.expect16(SHA256, "digest of the scheme");
        in.expect16(0x0003, "curve");
        in.expect16(NOTHING, "derivation");
        byte[] x = coordinate(in);
        byte[] y = coordinate(in);
        in.end();
        return new TpmKey(publicArea, point(x, y));
    }

    /// The point on P-256, as a key. @throws MalformedException if it is not on the curve
    static VerifyingKey point(byte[] x, byte[] y) throws MalformedException {
        byte[] encoded = Arrays.copyOf(HEADER, HEADER.length + 2 * COORDINATE);
        System.arraycopy(x, 0, encoded, HEADER.length, COORDINATE);
        System.arraycopy(y, 0, encoded, HEADER.length + COORDINATE, COORDINATE);
        return VerifyingKey.of(VerifyingKey.Algorithm.ECDSA_P256, encoded);
    }

    /// A coordinate, with its zeros in front.
    static byte[] coordinate(TpmFields in) throws MalformedException {
        return padded(in.sized(COORDINATE), 0);
    }

    /// The same, of a key of the JDK.
    static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return padded(bytes, bytes.length > COORDINATE ? 1 : 0);
    }

    private static byte[] padded(byte[] value, int from) {
        byte[] padded = new byte[COORDINATE];
        int size = value.length - from;
        System.arraycopy(value, from, padded, COORDINATE - size, size);
        return padded;
    }

    VerifyingKey key() {
        return key;
    }

    /// Its name in the TPM: the digest of the public area behind the digest's number (Part 1 §16).
    byte[] name() {
        byte[] digest = Digest.sha256(publicArea).toByteArray();
        byte[] name = new byte[2 + digest.length];
        name[1] = SHA256;
        System.arraycopy(digest, 0, name, 2, digest.length);
        return name;
    }
}
