package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short form of {@link FuzzIT}: samples, all that they begin with, and changed ones, always the same.
class StoredBytesTest {
    private static final int CHANGED = Integer.getInteger("strongroom.mutations", 300);

    @ParameterizedTest
    @EnumSource
    void samplesAreTakenAndMadeAgain(StoredBytes parser) throws Exception {
        for (byte[] sample : parser.samples()) {
            byte[] again = parser.read(sample);
            assertArrayEquals(sample, again == null ? sample : again);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatEndsEarlyIsRefusedAsItShouldBe(StoredBytes parser) {
        for (byte[] sample : parser.samples()) {
            int step = 1 + sample.length / 200;
            for (int length = 0; length < sample.length; length += step) {
                check(parser, Arrays.copyOf(sample, length));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChangedIsRefusedAsItShouldBeOrIsAnotherValue(StoredBytes parser) {
        Random random = new Random(11);
        for (byte[] sample : parser.samples()) {
            for (int i = 0; i < CHANGED; i++) {
                check(parser, change(sample, random));
            }
        }
    }

    private static byte[] change(byte[] sample, Random random) {
        byte[] changed = Arrays.copyOf(sample, sample.length + (random.nextInt(4) == 0 ? random.nextInt(40) : 0));
        for (int i = 0; i <= random.nextInt(4); i++) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt(256);
                case 2 -> changed[at] = -1;
                default -> {
                    int from = random.nextInt(changed.length);
                    int length = random.nextInt(Math.min(16, changed.length - Math.max(at, from)) + 1);
                    System.arraycopy(changed, from, changed, at, length);
                }
            }
        }
        return changed;
    }

    private static void check(StoredBytes parser, byte[] bytes) {
        assertDoesNotThrow(
                () -> FuzzTarget.check(parser, bytes), () -> HexFormat.of().formatHex(bytes));
    }
}
