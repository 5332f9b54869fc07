package strongroom.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A value of 32 bytes that names bytes by what they are: a SHA-256 (FIPS 180-4) or an HMAC-SHA-256. Immutable;
/// may be logged. Not for comparing secrets: `equals` takes time that depends on the content.
public final class Digest implements Comparable<Digest> {
    /// Size in bytes.
    public static final int SIZE = 32;

    /// 32 zero bytes: the parent of the first commit of a vault.
    public static final Digest ZERO = new Digest(new byte[SIZE]);

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param bytes 32 bytes, copied
    public static Digest of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a digest has 32 bytes");
        }
        return new Digest(bytes.clone());
    }

    /// SHA-256 of the parts, one after the other. The caller sees to it that the parts cannot be cut differently.
    public static Digest sha256(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return new Digest(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// @param hex 64 hexadecimal digits @throws MalformedException if it is anything else
    public static Digest parse(String hex) throws MalformedException {
        if (hex.length() != 2 * SIZE) {
            throw new MalformedException("a digest has 64 hexadecimal digits");
        }
        try {
            return new Digest(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a digest has 64 hexadecimal digits", e);
        }
    }

    /// Reads a digest from canonical bytes.
    public static Digest read(CanonicalReader in) throws MalformedException {
        return new Digest(in.fixed(SIZE));
    }

    /// Writes the 32 bytes.
    public void write(CanonicalWriter out) {
        out.fixed(bytes);
    }

    /// The 32 bytes, in a new array.
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// 64 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
