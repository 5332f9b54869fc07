package strongroom.vault.slot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;

/// Counts wrong PINs where the machine does not (OS keystore, passphrase) and makes the next try wait: five are
/// free, then 30 s, doubling up to an hour. It stops a person at the keyboard; who owns a copy of the disk can put
/// an older file back, which is why the assurance level says so. A counter that cannot be written refuses the try.
public final class TryCounter {
    private static final int FREE = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Path file;
    private final Clock clock;

    private record Tries(int wrong, Instant last) {}

    /// @param file where the count is kept
    public TryCounter(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /// How long until the next try is allowed; zero if it is allowed now.
    public Duration pause() throws IOException {
        Tries tries = read();
        if (tries.wrong < FREE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries.wrong - FREE, 10));
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        Instant now = clock.instant();
        // A clock set back must not shorten the pause: it starts again from the time shown now.
        if (now.isBefore(tries.last)) {
            write(new Tries(tries.wrong, now));
            return pause;
        }
        Duration left = Duration.between(now, tries.last.plus(pause));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// Counts a try before it is made, so that killing the program does not give it back.
    ///
    /// @return how many tries are left after this one before the next pause, 0 or more
    public int begin() throws IOException {
        int wrong = read().wrong + 1;
        write(new Tries(wrong, clock.instant()));
        return Math.max(0, FREE - wrong);
    }

    /// Nobody judged the PIN of the try that was begun: it is given back.
    public void notMade() throws IOException {
        Tries tries = read();
        if (tries.wrong > 0) {
            write(new Tries(tries.wrong - 1, tries.last));
        }
    }

    /// The PIN was right: the count starts again.
    public void succeeded() throws IOException {
        Files.deleteIfExists(file);
    }

    /// How many tries are left before the next pause.
    public int left() throws IOException {
        return Math.max(0, FREE - read().wrong);
    }

    private Tries read() throws IOException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
            Tries tries = new Tries(in.uint32(Integer.MAX_VALUE - 1), in.instant());
            in.end();
            return tries;
        } catch (NoSuchFileException e) {
            return new Tries(0, Instant.EPOCH);
        } catch (MalformedException e) {
            return new Tries(FREE, clock.instant());
        }
    }

    private void write(Tries tries) throws IOException {
        DurableFile.write(
                file,
                new CanonicalWriter().uint32(tries.wrong).instant(tries.last).toByteArray());
    }
}
