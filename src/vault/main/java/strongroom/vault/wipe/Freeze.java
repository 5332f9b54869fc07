package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;

/// The mark of a frozen home. Whoever opens the vault looks for it first; the server lets a frozen device in nowhere,
/// so taking the mark away gains no new data.
///
/// @param orderedBy name of the administrator @param reason in their words @param since when it was obeyed
public record Freeze(String orderedBy, String reason, Instant since) {
    private static final int NAME_LIMIT = 256;
    private static final int REASON_LIMIT = 2000;

    /// The freeze of a home, if it is frozen. A mark that cannot be read freezes, too.
    public static Optional<Freeze> of(Home home) throws IOException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(mark(home)));
            return Optional.of(new Freeze(in.text(NAME_LIMIT), in.text(REASON_LIMIT), in.instant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.of(new Freeze("", "", Instant.EPOCH));
        }
    }

    void write(Home home) throws IOException {
        DurableFile.write(
                mark(home),
                new CanonicalWriter()
                        .text(orderedBy)
                        .text(reason)
                        .instant(since)
                        .toByteArray());
    }

    static void end(Home home) throws IOException {
        Files.deleteIfExists(mark(home));
        DurableFile.forceFolder(home.folder());
    }

    private static Path mark(Home home) {
        return home.folder().resolve("frozen.order");
    }
}
