package strongroom.protocol;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import strongroom.protocol.codec.MalformedException;

/// Everything that can happen to one byte of a record on its way.
public final class Damage {
    private Damage() {}

    /// Reads a record, and verifies it if it is a signed one.
    @FunctionalInterface
    public interface Reading {
        Object read(byte[] encoded) throws MalformedException;
    }

    /// Every shorter record, and the one with a byte behind it.
    public static void assertOtherLengthsAreRefused(byte[] encoded, Reading reading) {
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThrows(MalformedException.class, () -> reading.read(cut));
        }
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        assertThrows(MalformedException.class, () -> reading.read(longer));
    }

    /// Every record with one bit of one byte changed.
    public static void assertChangesAreRefused(byte[] encoded, Reading reading) {
        for (int at = 0; at < encoded.length; at++) {
            byte[] changed = encoded.clone();
            changed[at] ^= (byte) (1 << at % Byte.SIZE);
            assertThrows(MalformedException.class, () -> reading.read(changed), "byte " + at);
        }
    }
}
