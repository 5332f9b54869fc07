package strongroom.protocol.codec;

/// Crockford's base 32, for what people print and type: no letter that is taken for a digit. Bits from the left, zero
/// bits at the end, groups of five with dashes. Works on ASCII in arrays, since what is typed may be a secret.
public final class Crockford {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;
    private static final int GROUP = 5;

    private Crockford() {}

    /// How many symbols that many bytes need, dashes not counted.
    private static int symbols(int bytes) {
        return (bytes * Byte.SIZE + BITS - 1) / BITS;
    }

    /// Letters and digits in groups, in a new array.
    public static byte[] write(byte[] bytes) {
        int symbols = symbols(bytes.length);
        byte[] text = new byte[symbols + (symbols - 1) / GROUP];
        int at = 0;
        for (int i = 0; i < symbols; i++) {
            if (i > 0 && i % GROUP == 0) {
                text[at++] = '-';
            }
            int bit = i * BITS;
            int next = bit / Byte.SIZE + 1;
            int pair = (bytes[next - 1] & 0xff) << Byte.SIZE | (next < bytes.length ? bytes[next] & 0xff : 0);
            text[at++] = symbol(pair >> 11 - bit % Byte.SIZE & 31);
        }
        return text;
    }

    /// Reads what was written or typed: case, blanks and dashes do not matter, I and L are read as 1, O as 0.
    ///
    /// @param typed ASCII @param size how many bytes it must give @param what it is, for the refusal
    /// @return in a new array
    /// @throws MalformedException if it is too short or long, or has a symbol that nobody writes
    public static byte[] read(byte[] typed, int size, String what) throws MalformedException {
        byte[] bytes = new byte[size];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        int symbols = 0;
        for (byte symbol : typed) {
            if (symbol == '-' || symbol >= 0 && Character.isWhitespace(symbol)) {
                continue;
            }
            buffer = (buffer << BITS | value(symbol, what)) & 0xfff;
            bits += BITS;
            symbols++;
            if (bits >= Byte.SIZE && at < size) {
                bits -= Byte.SIZE;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        if (symbols != symbols(size)) {
            throw new MalformedException(
                    what + " has " + symbols(size) + " letters and digits, this one has " + symbols);
        }
        if ((buffer & (1 << bits) - 1) != 0) {
            throw new MalformedException(what + " ends with another letter or digit");
        }
        return bytes;
    }

    /// The letter or digit for a number below 32.
    public static byte symbol(int value) {
        return (byte) ALPHABET.charAt(value);
    }

    /// The number that a letter or digit stands for, as people type it; -1 if nobody writes that symbol.
    public static int value(int symbol) {
        return switch (Character.toUpperCase(symbol)) {
            case 'I', 'L' -> 1;
            case 'O' -> 0;
            default -> ALPHABET.indexOf(Character.toUpperCase(symbol));
        };
    }

    private static int value(byte symbol, String what) throws MalformedException {
        int value = value(symbol);
        if (value < 0) {
            throw new MalformedException(
                    symbol > ' ' ? what + " has no '" + (char) symbol + "'" : what + " has letters and digits only");
        }
        return value;
    }
}
