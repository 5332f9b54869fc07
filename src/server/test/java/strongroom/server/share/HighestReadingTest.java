package strongroom.server.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HighestReadingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long MINUTE = 60_000;
    private static final HighestReading FIRST = new HighestReading(1000 * MINUTE, NOW);

    private static Instant after(long minutes) {
        return NOW.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void anHonestClockIsBelievedAndTakenToRunFromItsReading() {
        assertEquals(Optional.of(new HighestReading(1060 * MINUTE, after(60))), FIRST.with(1060 * MINUTE, after(60)));
    }

    @Test
    void aClockThatStoodStillIsBelievedAndMayNotCatchUp() {
        HighestReading still = FIRST.with(1001 * MINUTE, after(600)).orElseThrow();

        assertEquals(new HighestReading(1001 * MINUTE, after(600)), still);
        assertEquals(Optional.empty(), still.with(1060 * MINUTE, after(600)));
    }

    @Test
    void aClockThatIsAFifthFastIsBelievedForEver() {
        HighestReading highest = FIRST;
        for (int hours = 1; hours <= 100; hours++) {
            highest = highest.with((1000 + hours * 72L) * MINUTE, after(hours * 60L))
                    .orElseThrow();
        }
        assertEquals(Optional.empty(), highest.with((1000 + 100 * 72 + 3) * MINUTE, after(6000)));
    }

    @Test
    void manySmallStepsAheadLeadNoFurtherThanOne() {
        HighestReading highest = FIRST;
        int taken = 0;
        for (int step = 1; step <= 1000; step++) {
            Optional<HighestReading> next = highest.with(highest.clock() + 1000, NOW);
            highest = next.orElse(highest);
            taken += next.isPresent() ? 1 : 0;
        }
        assertTrue(taken <= 120, taken + " seconds ahead");
        assertEquals(Optional.empty(), highest.with(highest.clock() + 2 * MINUTE, after(1)));
    }

    @Test
    void aReadingBehindTheHighestDoesNotLowerIt() {
        assertEquals(Optional.of(FIRST), FIRST.with(910 * MINUTE, after(5)));
        assertEquals(Optional.empty(), FIRST.with(910 * MINUTE - 1, after(5)));
        assertEquals(Optional.empty(), FIRST.with(0, after(5)));
    }

    @Test
    void aReadingFarAheadLeavesNoneOfNow() {
        HighestReading far = new HighestReading(1000 * MINUTE * 60, NOW);

        for (long hours = 998; hours >= 0; hours--) {
            assertEquals(Optional.empty(), far.with(hours * 60 * MINUTE, NOW));
        }
    }

    @Test
    void withTheServersClockSetBackNothingIsAheadUntilItHasCaughtUp() {
        assertEquals(Optional.empty(), FIRST.with(1001 * MINUTE, after(-60)));
        assertEquals(Optional.of(FIRST), FIRST.with(1000 * MINUTE, after(-60)));
    }
}
