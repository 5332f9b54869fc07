package strongroom.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import strongroom.protocol.Digest;
import strongroom.protocol.RecoveryKey;
import strongroom.server.files.PrivateFiles;

/// When it was proved last that the shares still open what they must open, kept as a line in the
/// administrator's folder. A share that nobody can find is noticed in a quarter, not on the day it is needed.
public final class RecoveryProof {
    /// How long a proof is good.
    public static final Duration GOOD_FOR = Duration.ofDays(90);

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final Path file;

    /// @param directory the administrator's folder
    public RecoveryProof(Path directory) {
        this.file = directory.resolve("recovery.proof");
    }

    /// Whether what was shown at a moment is good now. A moment to come was dated by a clock that was wrong.
    public static boolean isGood(Instant at, Instant now) {
        return !isAhead(at, now) && Duration.between(at, now).toDays() <= GOOD_FOR.toDays();
    }

    private static boolean isAhead(Instant at, Instant now) {
        return at.isAfter(now.plus(CLOCKS_DIFFER));
    }

    /// Notes that the shares of this key open everything that is sealed to it.
    public void write(Digest key, Instant now) throws IOException {
        PrivateFiles.write(file, (key + " " + now + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// What to tell the administrator, if the last proof is too old. The making of a key counts as one.
    public Optional<String> warning(RecoveryKey key, Instant now) throws IOException {
        Instant last = last(key, now);
        return isGood(last, now)
                ? Optional.empty()
                : Optional.of("It was proved " + Duration.between(last, now).toDays()
                        + " days ago that the recovery shares open everybody's keys."
                        + " Bring them together and run: admin recovery check");
    }

    /// Until when the last proof is good.
    public Instant due(RecoveryKey key, Instant now) throws IOException {
        return last(key, now).plus(GOOD_FOR);
    }

    private Instant last(RecoveryKey key, Instant now) throws IOException {
        return written(key.fingerprint())
                .filter(proof -> proof.isAfter(key.issued()) && !isAhead(proof, now))
                .orElse(key.issued());
    }

    /// A file that does not parse is no proof.
    private Optional<Instant> written(Digest key) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", -1);
        try {
            return words.length == 2 && words[0].equals(key.toString())
                    ? Optional.of(Instant.parse(words[1]))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
