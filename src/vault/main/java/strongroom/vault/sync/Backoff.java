package strongroom.vault.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: a random part of a span that doubles, so that a thousand clients of a
/// server that comes back do not come at once ("full jitter"). For one thread.
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final RandomGenerator random;
    private long span = FIRST.toMillis();

    /// @param random need not be strong
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// How long to wait now.
    public Duration next() {
        long wait = random.nextLong(span + 1);
        span = Math.min(2 * span, LONGEST.toMillis());
        return Duration.ofMillis(wait);
    }

    /// It went well: the next span is the first again.
    public void reset() {
        span = FIRST.toMillis();
    }
}
