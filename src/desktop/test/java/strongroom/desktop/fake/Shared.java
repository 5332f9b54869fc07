package strongroom.desktop.fake;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Test material that is not in the repository.
public final class Shared {
    private Shared() {}

    /// A folder of documents made by others to break readers; a test that needs it is aborted where it is missing.
    public static Path vectors(String name) {
        String set = System.getProperty("strongroom.shared");
        Path folder = set == null ? lookUp() : Path.of(set);
        Path vectors = folder.resolve("vectors").resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(vectors), () -> "no test material at " + vectors);
        return vectors;
    }

    private static Path lookUp() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared").resolve("vectors"))) {
                return at.resolve("shared");
            }
        }
        return Path.of("shared");
    }
}
