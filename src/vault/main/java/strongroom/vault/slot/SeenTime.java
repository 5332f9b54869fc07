package strongroom.vault.slot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;

/// The latest time this home has seen, so that a clock that is set back does not make anything younger. Nothing signs
/// it: who can write into the home can forget it. One thread at a time.
public final class SeenTime {
    private static final Duration STEP = Duration.ofHours(1);

    private final Path file;

    /// @param file where it is kept
    public SeenTime(Path file) {
        this.file = file;
    }

    /// The later one of a time and all that were shown before, to the hour.
    public Instant latest(Instant now) throws IOException {
        Instant seen = read();
        if (now.isAfter(seen.plus(STEP))) {
            DurableFile.write(file, new CanonicalWriter().instant(now).toByteArray());
        }
        return now.isAfter(seen) ? now : seen;
    }

    private Instant read() throws IOException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
            Instant seen = in.instant();
            in.end();
            return seen;
        } catch (NoSuchFileException | MalformedException e) {
            return Instant.EPOCH;
        }
    }
}
