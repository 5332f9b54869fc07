package strongroom.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

class EnrolmentCodeTest {
    private static final byte[] SEED = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, (byte) 254, (byte) 255};

    private Keys root;
    private EnrolmentCode code;

    @BeforeEach
    void make() throws Exception {
        root = Keys.make();
        code = EnrolmentCode.of(SEED, root.verifyingKey());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws MalformedException {
        EnrolmentCode read = EnrolmentCode.parse(code.text());

        assertArrayEquals(code.signingSeed(), read.signingSeed());
        assertTrue(read.isFor(root.verifyingKey()));
        assertEquals(65, code.text().length());
    }

    @Test
    void caseBlanksAndLookAlikesDoNotMatter() throws MalformedException {
        String typed = code.text()
                .toLowerCase(Locale.ROOT)
                .replace('-', ' ')
                .replace('1', 'l')
                .replace('0', 'o');

        assertArrayEquals(code.signingSeed(), EnrolmentCode.parse(typed).signingSeed());
    }

    @Test
    void everySingleMistypedSymbolIsNoticed() {
        String text = code.text();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '-') {
                continue;
            }
            char other = text.charAt(i) == 'Z' ? 'Y' : 'Z';
            String wrong = text.substring(0, i) + other + text.substring(i + 1);
            assertThrows(MalformedException.class, () -> EnrolmentCode.parse(wrong), wrong);
        }
    }

    @Test
    void everyOtherLengthIsRefused() {
        for (int length = 0; length < code.text().length(); length++) {
            String cut = code.text().substring(0, length);
            assertThrows(MalformedException.class, () -> EnrolmentCode.parse(cut));
        }
    }

    @Test
    void aCodeIsForOneRootOnly() throws Exception {
        assertFalse(code.isFor(Keys.make().verifyingKey()));
    }

    @Test
    void aCodeNeverPrintsItself() {
        assertEquals("EnrolmentCode", code.toString());
    }
}
