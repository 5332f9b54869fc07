package strongroom.protocol.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads what {@link CanonicalWriter} wrote and refuses everything else: short input, lengths over the caller's
/// limit, text that is not UTF-8, trailing bytes. A length is checked against the limit *and* against what is
/// left before memory is taken, so hostile input cannot make the reader allocate. Not safe for several threads.
public final class CanonicalReader {
    private final ByteBuffer in;

    /// @param encoded read in place, not copied; the caller does not change it meanwhile
    public CanonicalReader(byte[] encoded) {
        this.in = ByteBuffer.wrap(encoded);
    }

    /// Reads one element of a list.
    @FunctionalInterface
    public interface Element<T> {
        /// @return the element; never null
        T read(CanonicalReader reader) throws MalformedException;
    }

    /// Reads one byte, 0 to 255.
    public int uint8() throws MalformedException {
        need(1);
        return in.get() & 0xff;
    }

    /// Reads four bytes as a number from 0 to `limit`.
    public int uint32(int limit) throws MalformedException {
        need(4);
        int value = in.getInt();
        if (value < 0 || value > limit) {
            throw new MalformedException("number over its limit");
        }
        return value;
    }

    /// Reads eight bytes.
    public long int64() throws MalformedException {
        need(8);
        return in.getLong();
    }

    /// Reads a byte that must be 0 or 1.
    public boolean bool() throws MalformedException {
        int value = uint8();
        if (value > 1) {
            throw new MalformedException("not a truth value");
        }
        return value == 1;
    }

    /// Reads a time in milliseconds.
    public Instant instant() throws MalformedException {
        return Instant.ofEpochMilli(int64());
    }

    /// Reads `length` bytes.
    public byte[] fixed(int length) throws MalformedException {
        need(length);
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    /// Reads a length of at most `limit` and that many bytes.
    public byte[] bytes(int limit) throws MalformedException {
        return fixed(uint32(limit));
    }

    /// Reads UTF-8 text of at most `limit` bytes; anything that is not UTF-8 is refused, not replaced.
    public String text(int limit) throws MalformedException {
        byte[] encoded = bytes(limit);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(encoded))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("text is not UTF-8", e);
        }
    }

    /// Reads a count of at most `limit` and that many elements.
    public <T> List<T> list(int limit, Element<T> element) throws MalformedException {
        int count = uint32(limit);
        List<T> values = new ArrayList<>(Math.min(count, in.remaining()));
        for (int i = 0; i < count; i++) {
            values.add(element.read(this));
        }
        return List.copyOf(values);
    }

    /// Whether nothing is behind what was read: for a value that got longer since.
    public boolean isAtEnd() {
        return !in.hasRemaining();
    }

    /// Refuses a value with bytes behind it: they would not be covered by what the value means.
    public void end() throws MalformedException {
        if (in.hasRemaining()) {
            throw new MalformedException("bytes behind the value");
        }
    }

    private void need(int count) throws MalformedException {
        if (in.remaining() < count) {
            throw new MalformedException("ends too early");
        }
    }
}
