package strongroom.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder for one test, gone afterwards.
public final class TempFolder {
    private TempFolder() {}

    /// @return a folder with a short path, because a socket's path has hardly a hundred bytes
    public static Path make() throws IOException {
        return Files.createTempDirectory("sr");
    }

    public static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
