package strongroom.vault.rollback;

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
import strongroom.vault.store.KeptCounter.Finding;

/// What was found, in clear: for those who tell it without opening the store, the command `status` and the agent.
/// What the store believes it keeps for itself.
public final class FindingFile {
    private static final int VERSION = 1;

    private final Path file;

    public FindingFile(Home home) {
        this.file = home.slots().resolve("store.finding");
    }

    /// Where it lies, if anything was found.
    public Path file() {
        return file;
    }

    /// What was found last; empty if nothing was, or the file says nothing.
    public Optional<Finding> read() throws IOException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
            if (in.uint8() != VERSION) {
                return Optional.empty();
            }
            Finding finding = new Finding(Finding.Kind.read(in), in.instant(), in.instant(), in.bool());
            in.end();
            return Optional.of(finding);
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// When something was found last, for the agent, which knows nothing of the store.
    public Optional<Instant> when() throws IOException {
        return read().map(Finding::at);
    }

    void write(Finding finding) throws IOException {
        if (read().filter(finding::equals).isEmpty()) {
            CanonicalWriter out = new CanonicalWriter().uint8(VERSION);
            finding.kind().write(out);
            DurableFile.write(
                    file,
                    out.instant(finding.from())
                            .instant(finding.at())
                            .bool(finding.noted())
                            .toByteArray());
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
