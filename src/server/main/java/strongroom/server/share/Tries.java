package strongroom.server.share;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Id;
import strongroom.server.refusal.RefusedException;

/// Counts the tries of a device that were not confirmed, over all of its slots, so that more slots give no more
/// tries. The count is in the database before an answer leaves, so neither a restart nor a broken connection
/// gives one back.
final class Tries {
    /// Answered without a pause.
    static final int FREE = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    /// Doubled so often, the first pause is longer than the longest.
    private static final int DOUBLINGS = 7;

    private final Clock clock;

    Tries(Clock clock) {
        this.clock = clock;
    }

    private record Counted(int tries, Instant last) {
        private static Counted of(ResultSet row) throws SQLException {
            return new Counted(row.getInt("tries"), Instant.ofEpochMilli(row.getLong("last_try")));
        }
    }

    /// @throws RefusedException PAUSED if the device has to wait
    void requireOpen(Handle handle, Id device) throws RefusedException {
        Counted counted = handle.createQuery("SELECT tries, last_try FROM share_device WHERE device = :device")
                .bind("device", device.toByteArray())
                .map((row, _) -> Counted.of(row))
                .findOne()
                .orElse(new Counted(0, Instant.EPOCH));
        Duration wait = Duration.between(clock.instant(), counted.last.plus(pause(counted.tries)));
        if (counted.tries >= FREE && wait.isPositive()) {
            throw RefusedException.paused(wait);
        }
    }

    /// Counts one more. @return how many are free after it
    int count(Handle handle, Id device) {
        int tries = handle.createQuery("INSERT INTO share_device (device, tries, last_try) VALUES (:device, 1, :now)"
                        + " ON CONFLICT (device) DO UPDATE SET tries = tries + 1, last_try = :now RETURNING tries")
                .bind("device", device.toByteArray())
                .bind("now", clock.millis())
                .mapTo(Integer.class)
                .one();
        return Math.max(0, FREE - tries);
    }

    /// A try was confirmed: the others were slips of the same hand.
    static void forgive(Handle handle, Id device) {
        handle.createUpdate("UPDATE share_device SET tries = 0 WHERE device = :device")
                .bind("device", device.toByteArray())
                .execute();
    }

    private static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(tries - FREE, 0, DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
