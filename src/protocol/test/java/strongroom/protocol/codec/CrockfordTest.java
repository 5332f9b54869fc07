package strongroom.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CrockfordTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String refusal(String typed, int size) {
        return String.valueOf(
                assertThrows(MalformedException.class, () -> Crockford.read(ascii(typed), size, "a share"))
                        .getMessage());
    }

    @Test
    void bytesBecomeTheseSymbols() {
        byte[] bytes = HexFormat.of().parseHex("00443214c74254b635cf84653a56d7c675be77dfff");

        assertArrayEquals(ascii("01234-56789-ABCDE-FGHJK-MNPQR-STVWX-YZZW"), Crockford.write(bytes));
    }

    @Test
    void everyLengthIsReadAgain() throws MalformedException {
        Random random = new Random(1);
        for (int size = 1; size < 60; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            assertArrayEquals(bytes, Crockford.read(Crockford.write(bytes), size, "it"));
        }
    }

    @Test
    void caseBlanksLinesAndLookAlikesDoNotMatter() throws MalformedException {
        assertArrayEquals(Crockford.read(ascii("0111-0"), 3, "it"), Crockford.read(ascii(" o\nI1l\t- O\r\n"), 3, "it"));
    }

    @Test
    void whatNobodyWroteIsRefusedInASentence() {
        assertEquals("a share has 5 letters and digits, this one has 4", refusal("0123", 3));
        assertEquals("a share has 5 letters and digits, this one has 6", refusal("012345", 3));
        assertEquals("a share has no 'U'", refusal("0U230", 3));
        assertTrue(refusal("01231", 3).startsWith("a share ends"));
        assertThrows(
                MalformedException.class, () -> Crockford.read("ä1230".getBytes(StandardCharsets.UTF_8), 3, "a share"));
    }
}
