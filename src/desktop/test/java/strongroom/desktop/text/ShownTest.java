package strongroom.desktop.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T22:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "9949, 9.9 kB",
        "284000, 284 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "1200000, 1.2 MB",
        "212000000, 212 MB",
        "5000000000, 5.0 GB",
        "9223372036854775807, 9223372 TB"
    })
    void sizesAreShort(long bytes, String shown) {
        assertEquals(shown, Shown.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T09:14:00Z, Today 09:14",
        "2026-11-21T23:59:00Z, Yesterday 23:59",
        "2026-11-18T09:14:00Z, 18 Nov",
        "2025-11-03T09:14:00Z, 3 Nov 2025"
    })
    void momentsAreAsShortAsTodayAllows(Instant moment, String shown) {
        assertEquals(shown, Shown.when(moment, CLOCK));
    }

    @Test
    void whatMisleadsTheEyeIsTakenOutOfNames() {
        assertEquals("invoice\uFFFDfdp.exe", Shown.name("invoice\u202Efdp.exe"));
        assertEquals("a\uFFFDb", Shown.name("a\nb"));
        assertEquals("a b\uFFFD", Shown.line("a\nb\u202E"));
        assertEquals("a › b\uFFFD", Shown.path("a/b\n"));
        assertEquals("Ünïcode 文件 😀", Shown.name("Ünïcode 文件 😀"));
    }
}
