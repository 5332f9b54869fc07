package strongroom.vault.store;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.MalformedException;

/// What Jazzer calls with the inputs that it makes up; see {@link FuzzIT}.
public final class FuzzTarget {
    private static @Nullable StoredBytes parser;

    private FuzzTarget() {}

    /// @param args name of a parser; any other is the one with a planted bug
    public static void fuzzerInitialize(String[] args) {
        String name = args[0].toUpperCase(Locale.ROOT);
        parser = Arrays.stream(StoredBytes.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// Fails if a parser throws what it does not promise, or takes two encodings for one value.
    public static void fuzzerTestOneInput(byte[] bytes) {
        @Nullable StoredBytes chosen = parser;
        if (chosen == null) {
            parseWithABug(bytes);
        } else {
            check(chosen, bytes);
        }
    }

    static void check(StoredBytes parser, byte[] bytes) {
        try {
            byte[] again = parser.read(bytes);
            if (again != null && !Arrays.equals(again, bytes)) {
                throw new AssertionError(parser + " takes two encodings for one value");
            }
        } catch (MalformedException e) {
            // Refused as it should be.
            return;
        }
    }

    /// As a careless hand would write it: believes the length behind the magic.
    private static void parseWithABug(byte[] bytes) {
        if (bytes.length > 5 && bytes[0] == 'S' && bytes[1] == 'R' && bytes[2] == 'X' && bytes[3] == 1) {
            byte[] value = new byte[4];
            System.arraycopy(bytes, 5, value, 0, bytes[4]);
        }
    }
}
