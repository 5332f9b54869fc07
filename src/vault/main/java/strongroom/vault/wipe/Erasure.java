package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/// Removes files. What holds keys is overwritten first, as far as a file system lets one; what is encrypted under
/// keys that are gone is only removed, so the time does not grow with the vault. Links are removed, not followed.
/// Repeating any call is harmless.
final class Erasure {
    private static final int ROUNDS = 20;
    private static final long PAUSE_MILLISECONDS = 50;

    private final RandomGenerator random;
    private long files;
    private long bytes;
    private long failures;

    Erasure(RandomGenerator random) {
        this.random = random;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    long failures() {
        return failures;
    }

    /// Overwrites, forces to disk, cuts to nothing and removes.
    void key(Path file) {
        try {
            if (Files.isSymbolicLink(file) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(file);
                return;
            }
            overwrite(file);
            Files.deleteIfExists(file);
            files++;
        } catch (NoSuchFileException e) {
            // done before
        } catch (IOException e) {
            failures++;
        }
    }

    private void overwrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] noise = new byte[Math.toIntExact(Math.min(channel.size(), 1 << 20))];
            random.nextBytes(noise);
            ByteBuffer left = ByteBuffer.wrap(noise);
            while (left.hasRemaining()) {
                channel.write(left, left.position());
            }
            channel.force(true);
            channel.truncate(0);
            channel.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            // Read-only or not ours to write: removing it is what is left.
        }
    }

    /// Removes a folder with everything in it. A program that has not ended yet may put files into it meanwhile: it
    /// is tried again for about a second.
    void tree(Path root) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            failures = 0;
            remove(root);
            if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        failures = Math.max(1, failures);
    }

    private void remove(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                entries.forEach(this::remove);
            } catch (NoSuchFileException | NotDirectoryException e) {
                return;
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                failures++;
            }
        }
        removeOne(path);
    }

    private void removeOne(Path path) {
        try {
            boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            long size = regular ? Files.size(path) : 0;
            if (Files.deleteIfExists(path) && regular) {
                files++;
                bytes += size;
            }
        } catch (NoSuchFileException e) {
            // somebody was faster
        } catch (IOException e) {
            empty(path);
        }
    }

    /// A file that somebody holds open (Windows) cannot be removed; it can be cut to nothing.
    private void empty(Path path) {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            failures++;
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            channel.force(true);
        } catch (IOException e) {
            failures++;
        }
    }
}
