package strongroom.journey;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// How long a test waits for what other processes do, where nothing tells it that they did. Generous: a machine may be
/// busy, and only a failure waits so long.
final class Deadline {
    private static final long PAUSE_MILLISECONDS = 5;

    private final long until;
    private final String what;

    private Deadline(long until, String what) {
        this.until = until;
        this.what = what;
    }

    /// @param what is said if it passes
    static Deadline in(long seconds, String what) {
        return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds), what);
    }

    /// Gives way for a moment before the next look. @throws IOException if there is no time for another look
    void pause() throws IOException, InterruptedException {
        if (System.nanoTime() - until > 0) {
            throw new IOException(what);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
    }
}
