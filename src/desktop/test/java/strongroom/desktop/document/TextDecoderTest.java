package strongroom.desktop.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
    void textIsReadHoweverItWasWritten(String charset) {
        byte[] bytes = "naïve café\r\nzweite Zeile über alles\nthird".getBytes(Charset.forName(charset));

        assertEquals(List.of("naïve café", "zweite Zeile über alles", "third"), TextDecoder.lines(bytes, false));
    }

    @Test
    void marksAtTheBeginningAreNotShown() {
        byte[] marked = "\uFEFFhello".getBytes(StandardCharsets.UTF_8);

        assertEquals(List.of("hello"), TextDecoder.lines(marked, false));
        assertEquals(List.of("hello"), TextDecoder.lines("\uFEFFhello".getBytes(StandardCharsets.UTF_16LE), false));
    }

    @Test
    void aCutInTheMiddleOfACharacterDoesNotChangeTheReading() {
        byte[] whole = "日本語のテキスト".repeat(10).getBytes(StandardCharsets.UTF_8);

        for (int cut = 1; cut < 9; cut++) {
            List<String> lines = TextDecoder.lines(Arrays.copyOf(whole, whole.length - cut), true);
            assertNotNull(lines);
            assertEquals("日本語", lines.getFirst().substring(0, 3));
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);

        assertNull(TextDecoder.lines(noise, false));
        assertNull(TextDecoder.lines(new byte[100], false));
    }

    @Test
    void aLineWithoutEndIsCutIntoPieces() {
        byte[] endless = "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);

        List<String> lines = TextDecoder.lines(endless, false);

        assertNotNull(lines);
        assertEquals(1000, lines.size());
        assertEquals(1_000_000, lines.stream().mapToInt(String::length).sum());
    }

    @Test
    void aPieceDoesNotEndInsideACharacter() {
        byte[] faces = ("x" + "😀".repeat(2000)).getBytes(StandardCharsets.UTF_8);

        List<String> lines = TextDecoder.lines(faces, false);

        assertNotNull(lines);
        assertEquals("x" + "😀".repeat(2000), String.join("", lines));
        lines.forEach(
                line -> assertEquals(line, new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    }

    @Test
    void emptyLinesStay() {
        assertEquals(
                List.of("a", "", "", "b"), TextDecoder.lines("a\n\n\nb\n".getBytes(StandardCharsets.US_ASCII), false));
    }
}
