package strongroom.vault.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void theSpanDoublesUpToFiveMinutesAndBeginsAnewAfterSuccess() {
        Backoff backoff = new Backoff(new SplittableRandom(1));
        long span = 1000;
        for (int i = 0; i < 20; i++) {
            long wait = backoff.next().toMillis();
            assertTrue(wait >= 0 && wait <= span, wait + " of " + span);
            span = Math.min(2 * span, Duration.ofMinutes(5).toMillis());
        }

        backoff.reset();

        assertTrue(backoff.next().toMillis() <= 1000);
    }
}
