package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryCounterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("tries");
    }

    private TryCounter at(Instant now) {
        return new TryCounter(file, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void wrong(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            at(NOON).begin();
        }
    }

    @Test
    void fiveTriesAreFreeAndTheSixthWaits() throws IOException {
        wrong(4);
        assertEquals(Duration.ZERO, at(NOON).pause());
        wrong(1);
        assertEquals(Duration.ofSeconds(30), at(NOON).pause());
        assertEquals(Duration.ZERO, at(NOON.plusSeconds(31)).pause());
    }

    @Test
    void pausesGrowToAnHour() throws IOException {
        wrong(40);
        assertEquals(Duration.ofHours(1), at(NOON).pause());
    }

    @Test
    void settingTheClockBackGainsNothing() throws IOException {
        wrong(5);
        assertEquals(
                Duration.ofSeconds(30), at(NOON.minus(Duration.ofDays(300))).pause());
    }

    @Test
    void aDamagedCountIsTakenForAFullOne() throws IOException {
        Files.write(file, new byte[] {1, 2, 3});
        assertTrue(at(NOON).pause().isPositive());
    }

    @Test
    void aRightPinStartsTheCountAgain() throws IOException {
        wrong(5);
        at(NOON).succeeded();
        assertEquals(5, at(NOON).left());
    }
}
