package strongroom.vault.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A file system of its own in memory, of which every page is counted. Skips the test for whoever may not mount one.
final class SmallDisk implements AutoCloseable {
    /// What it hands out at once, in bytes.
    static final int PAGE = 4096;

    private final Path folder;

    /// @param folder made, the place of the disk @param size in bytes
    SmallDisk(Path folder, int size) throws IOException {
        this.folder = Files.createDirectory(folder);
        Assumptions.assumeTrue(
                start("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()),
                "only root can mount a file system");
    }

    Path folder() {
        return folder;
    }

    /// Fills it up until that much is left, in whole pages.
    void leave(int bytes) throws IOException {
        Path ballast = folder.resolve("ballast");
        Files.deleteIfExists(ballast);
        // A page for the file itself is taken first.
        Files.createFile(ballast);
        long free = Files.getFileStore(folder).getUsableSpace();
        Files.write(ballast, new byte[Math.toIntExact(Math.max(0, free - bytes))]);
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(folder.resolve("ballast"));
    }

    void remove(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Fails while a file of it is open for writing.
    void remount(String how) throws IOException {
        if (!start("mount", "-o", "remount," + how, folder.toString())) {
            throw new IOException("cannot be mounted " + how);
        }
    }

    private static boolean start(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().join().exitValue() == 0;
    }

    @Override
    public void close() throws IOException {
        start("umount", folder.toString());
    }
}
