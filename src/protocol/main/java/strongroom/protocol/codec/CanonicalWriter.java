package strongroom.protocol.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/// Writes the one encoding of a value: fixed-width big-endian numbers, and byte strings, texts and lists behind
/// a 32-bit length. There is no choice in it, so equal values have equal bytes and a signature over the bytes
/// is a signature over the value. Not safe for use by several threads; not for secrets (it keeps a heap copy).
public final class CanonicalWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /// Writes one byte, the low eight bits of `value`.
    public CanonicalWriter uint8(int value) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException("not a byte: " + value);
        }
        out.write(value);
        return this;
    }

    /// Writes four bytes, big-endian. @param value 0 or more
    public CanonicalWriter uint32(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
        return this;
    }

    /// Writes eight bytes, big-endian two's complement.
    public CanonicalWriter int64(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    /// Writes 0 or 1.
    public CanonicalWriter bool(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    /// Writes a time as milliseconds since 1970-01-01T00:00Z; finer parts are cut.
    public CanonicalWriter instant(Instant value) {
        return int64(value.toEpochMilli());
    }

    /// Writes bytes whose length both sides know.
    public CanonicalWriter fixed(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /// Writes a length and that many bytes.
    public CanonicalWriter bytes(byte[] value) {
        uint32(value.length);
        out.writeBytes(value);
        return this;
    }

    /// Writes a length in bytes and the text in UTF-8.
    public CanonicalWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a count and then each element.
    public <T> CanonicalWriter list(List<T> values, BiConsumer<CanonicalWriter, T> element) {
        uint32(values.size());
        for (T value : values) {
            element.accept(this, value);
        }
        return this;
    }

    /// What was written so far, in a new array.
    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
