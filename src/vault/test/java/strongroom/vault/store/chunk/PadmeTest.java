package strongroom.vault.store.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PadmeTest {
    @Test
    void itGivesTheLengthsOfThePaper() {
        assertEquals(10, Padme.padded(9));
        assertEquals(104, Padme.padded(101));
        assertEquals(1 << 20, Padme.padded(1 << 20));
        assertEquals((1 << 20) + (1 << 15), Padme.padded((1 << 20) + 1));
    }

    @Test
    void itNeverShortensAndAddsAnEighthAtMost() {
        for (int length = 0; length < 200_000; length++) {
            int padded = Padme.padded(length);

            assertTrue(padded >= length && padded - length <= length / 8, length + " → " + padded);
            assertEquals(padded, Padme.padded(padded));
        }
    }

    @Test
    void fewLengthsRemainVisible() {
        assertTrue(
                IntStream.range(1 << 16, 1 << 17).map(Padme::padded).distinct().count() <= 33);
    }
}
