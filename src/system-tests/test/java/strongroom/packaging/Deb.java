package strongroom.packaging;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import strongroom.repository.Repository;

/// The Debian package of this source tree; built only when something it is made of is newer.
final class Deb {
    private Deb() {}

    /// Where the package lies.
    static Path file(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("target/package"))) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findAny()
                    .orElseThrow(() -> new IOException("There is no .deb in target/package."));
        }
    }

    /// Builds the package if need be. The jars are the build's: it packages the client before it comes to these tests.
    static Path upToDate(Repository repository) throws IOException, InterruptedException {
        Path root = repository.root();
        Path lock = Files.createDirectories(root.resolve("target")).resolve("package.lock");
        // Another test, in another JVM, may want it at the same time.
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!isUpToDate(repository)) {
                build(root);
            }
            return file(root);
        }
    }

    private static void build(Path root) throws IOException, InterruptedException {
        Command built = Command.run(
                root,
                Duration.ofMinutes(10),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of("packaging/client.sh", "--type", "deb"));
        if (built.exitCode() != 0) {
            throw new AssertionFailedError("packaging/client.sh failed: " + built.output());
        }
    }

    private static boolean isUpToDate(Repository repository) throws IOException {
        Path root = repository.root();
        if (!Files.isDirectory(root.resolve("target/package"))) {
            return false;
        }
        FileTime built;
        try {
            built = Files.getLastModifiedTime(file(root));
        } catch (IOException interruptedBuild) {
            return false;
        }
        Stream<Path> parts = Stream.concat(
                repository.matching("packaging/.*|icons/.*|jpackage\\.cfg|pom\\.xml").stream(),
                Stream.of(
                        Path.of("src/protocol/target/classes"),
                        Path.of("src/oprf/target/classes"),
                        Path.of("src/vault/target/classes"),
                        Path.of("src/desktop/target/classes"),
                        Path.of("src/desktop/target/run.classpath")));
        for (Path part : parts.toList()) {
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                for (Path file : files.toList()) {
                    if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
