package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecoveryCodeTest {
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final String code = text(new Random(7));

    private static String text(Random random) {
        try (RecoveryCode code = RecoveryCode.random(random)) {
            return new String(code.text());
        }
    }

    private static String read(String typed) throws MistypedCodeException {
        try (RecoveryCode code = RecoveryCode.read(typed.toCharArray())) {
            return new String(code.text());
        }
    }

    private static MistypedCodeException refusal(String typed) {
        return assertThrows(MistypedCodeException.class, () -> read(typed), typed);
    }

    private static String with(String text, int at, char symbol) {
        return text.substring(0, at) + symbol + text.substring(at + 1);
    }

    @Test
    void aCodeHasSevenGroupsOfFiveAndEachIsAnother() throws Exception {
        assertTrue(code.matches("([0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}"), code);
        assertEquals(code, read(code));
        assertNotEquals(code, text(new Random(8)));
    }

    @Test
    void caseBlanksDashesAndLookAlikesDoNotMatter() throws Exception {
        String alike = code.toLowerCase(Locale.ROOT).replace('0', 'o').replace('1', 'l');

        assertEquals(code, read("  " + alike.replace('-', ' ') + "\t"));
        assertEquals(code, read(alike.replace("-", "")));
        assertEquals(code, read(code.replace("-", " - ")));
    }

    @Test
    void everyWrongSymbolIsFoundInItsGroup() {
        for (int at = 0; at < code.length(); at++) {
            for (int i = 0; i < SYMBOLS.length(); i++) {
                char symbol = SYMBOLS.charAt(i);
                if (code.charAt(at) != '-' && code.charAt(at) != symbol) {
                    assertEquals(
                            List.of(at / 6 + 1), refusal(with(code, at, symbol)).groups());
                }
            }
        }
        assertEquals(List.of(3), refusal(with(code, 13, 'U')).groups());
        assertEquals(List.of(3), refusal(with(code, 13, 'é')).groups());
    }

    @Test
    void everyTwoThatChangedPlacesInAGroupAreFound() {
        for (int group = 0; group < RecoveryCode.GROUPS; group++) {
            for (int i = group * 6; i < group * 6 + 5; i++) {
                for (int j = i + 1; j < group * 6 + 5; j++) {
                    if (code.charAt(i) != code.charAt(j)) {
                        String typed = with(with(code, i, code.charAt(j)), j, code.charAt(i));
                        assertEquals(List.of(group + 1), refusal(typed).groups());
                    }
                }
            }
        }
    }

    @Test
    void groupsThatChangedPlacesAreFound() {
        String[] groups = code.split("-", -1);
        for (int i = 0; i < groups.length; i++) {
            for (int j = i + 1; j < groups.length; j++) {
                String[] typed = groups.clone();
                typed[i] = groups[j];
                typed[j] = groups[i];
                assertEquals(
                        List.of(i + 1, j + 1), refusal(String.join("-", typed)).groups());
            }
        }
    }

    @Test
    void aSymbolTooManyOrTooFewIsFoundWhereGroupsStandApart() {
        assertEquals(
                List.of(2),
                refusal(code.substring(0, 6) + "X" + code.substring(6)).groups());
        assertEquals(List.of(7), refusal(code.substring(0, code.length() - 1)).groups());
        MistypedCodeException unknown = refusal(code.replace("-", "").substring(1));
        assertEquals(List.of(), unknown.groups());
        assertTrue(String.valueOf(unknown.getMessage()).contains("this one has 34"));
    }

    @Test
    void aRefusalRepeatsNothingOfTheCode() {
        String typed = with(code, 13, 'U');
        String message = String.valueOf(refusal(typed).getMessage());

        assertEquals("Group 3 of the recovery code is mistyped. Compare it with your sheet.", message);
        for (String group : code.split("-", -1)) {
            assertTrue(!message.contains(group));
        }
    }

    @Test
    void whatIsNoCodeIsRefusedInASentence() {
        for (String typed : new String[] {"", "-", "12345", "x".repeat(1000), "1-2-3-4-5-6-7", "\0".repeat(35)}) {
            assertTrue(String.valueOf(refusal(typed).getMessage()).endsWith("."));
        }
    }

    @Test
    void whatWasTypedIsLeftToTheCallerAsItWas() throws Exception {
        char[] typed = code.toCharArray();

        RecoveryCode.read(typed).close();

        assertArrayEquals(code.toCharArray(), typed);
    }
}
