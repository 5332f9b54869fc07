package strongroom.vault.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Small files that are wholly there or wholly not, whatever happens in between.
public final class DurableFile {
    private DurableFile() {}

    /// Replaces `file` by `content`: written beside it, forced to disk, renamed over it, folder forced. After a
    /// failure the old content stands.
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        if (Files.exists(beside, LinkOption.NOFOLLOW_LINKS) && !isFile(beside)) {
            // Opening a pipe would wait for a reader, for ever.
            Files.delete(beside);
        }
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                // A full disk may take part of the bytes without an exception.
                if (channel.write(left) == 0) {
                    throw new IOException("No space left on device");
                }
            }
            channel.force(true);
            if (channel.size() != content.length) {
                throw new IOException("No space left on device");
            }
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder);
    }

    /// Reads a file. @throws IOException also for a pipe, which may never end, or a link
    public static byte[] read(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isFile(file)) {
            throw new IOException("not a file: " + file);
        }
        return Files.readAllBytes(file);
    }

    private static boolean isFile(Path place) {
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
    }

    /// Makes the names in a folder durable. Windows does so by itself and cannot open a folder for it.
    public static void forceFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
