package strongroom.oprf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What is hashed, put together as RFC 9497 writes it. Filled with zeros when closed. For one thread.
final class Transcript implements AutoCloseable {
    /// What a length of two bytes can say.
    static final int MAX_FIELD = 0xffff;

    private byte[] bytes = {};

    /// Its length in two bytes, then the field.
    ///
    /// @param field at most {@link #MAX_FIELD} bytes
    Transcript field(byte[] field) {
        return number(field.length).append(field);
    }

    /// A number in two bytes, big endian.
    Transcript number(int number) {
        return append(new byte[] {(byte) (number >> 8), (byte) number});
    }

    /// What this is for; without a length.
    Transcript label(String label) {
        return append(ascii(label));
    }

    private Transcript append(byte[] more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, bytes.length, more.length);
        close();
        bytes = longer;
        return this;
    }

    byte[] hash() {
        return P256.hash(bytes);
    }

    BigInteger hashToScalar() {
        return P256.hashToScalar(bytes);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
