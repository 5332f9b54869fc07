package strongroom.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A random name of 16 bytes for a thing that has no secret in its name: a person, a device, a vault, an entry,
/// an order. Immutable; may be logged.
public final class Id implements Comparable<Id> {
    /// Size in bytes.
    public static final int SIZE = 16;

    private final byte[] bytes;

    private Id(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param bytes 16 bytes, copied
    public static Id of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("an id has 16 bytes");
        }
        return new Id(bytes.clone());
    }

    /// A new name. @param random a cryptographically strong source, so that names never meet
    public static Id random(RandomGenerator random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new Id(bytes);
    }

    /// @param hex 32 hexadecimal digits @throws MalformedException if it is anything else
    public static Id parse(String hex) throws MalformedException {
        if (hex.length() != 2 * SIZE) {
            throw new MalformedException("an id has 32 hexadecimal digits");
        }
        try {
            return new Id(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("an id has 32 hexadecimal digits", e);
        }
    }

    /// Reads an id from canonical bytes.
    public static Id read(CanonicalReader in) throws MalformedException {
        return new Id(in.fixed(SIZE));
    }

    /// Writes the 16 bytes.
    public void write(CanonicalWriter out) {
        out.fixed(bytes);
    }

    /// The 16 bytes, in a new array.
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Id other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Id id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
