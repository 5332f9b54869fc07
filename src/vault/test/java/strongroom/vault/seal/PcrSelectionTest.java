package strongroom.vault.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

class PcrSelectionTest {
    @Test
    void everyRegisterHasItsBitAndComesBack() throws Exception {
        for (int register = 0; register < PcrSelection.REGISTERS; register++) {
            PcrSelection one = PcrSelection.of(List.of(register));
            byte[] expected = new byte[3];
            expected[register / 8] = (byte) (1 << register % 8);

            assertArrayEquals(expected, one.encoded());
            assertEquals(one, PcrSelection.read(expected));
            assertEquals(List.of(register), one.registers());
        }
        PcrSelection all = PcrSelection.of(IntStream.range(0, 24).boxed().toList());
        assertEquals(all, PcrSelection.read(all.encoded()));
    }

    @Test
    void orderAndRepetitionsDoNotMatter() {
        PcrSelection some = PcrSelection.of(List.of(7, 0, 4, 7, 2));

        assertEquals(PcrSelection.of(List.of(0, 2, 4, 7)), some);
        assertEquals("0,2,4,7", some.toString());
        assertEquals(
                List.of(0, 7), some.without(PcrSelection.of(List.of(4, 2, 9))).registers());
    }

    @Test
    void noneIsNothingAndThereIsOneWayToWriteIt() throws Exception {
        assertTrue(PcrSelection.of(List.of()).isEmpty());
        assertEquals(PcrSelection.NONE, PcrSelection.read(new byte[0]));
        for (byte[] other : new byte[][] {{0}, {1}, {1, 0}, {0, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 1}}) {
            assertThrows(MalformedException.class, () -> PcrSelection.read(other));
        }
    }

    @Test
    void otherNumbersAreNoRegisters() {
        for (int number : new int[] {-1, 24, 32, Integer.MIN_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> PcrSelection.of(List.of(0, number)));
        }
    }
}
