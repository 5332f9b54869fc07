package strongroom.vault.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import strongroom.vault.home.Home;

/// Keeps a second window or command line out of a home. The operating system lets go of it when the process ends,
/// however it ends, so nothing stale is left.
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock take(Home home) throws ClientException {
        try {
            makeFolder(home.folder());
            FileChannel channel =
                    FileChannel.open(home.windowLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel) == null) {
                channel.close();
                throw new ClientException(
                        Problem.HOME_IN_USE,
                        "Another Strongroom program has " + home.folder()
                                + " open. Close its window, or wait for its command to end.");
            }
            return new HomeLock(channel);
        } catch (IOException e) {
            throw Sentences.io("open the folder " + home.folder(), e);
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException expected) {
            return null;
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(folder, ownerOnly);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException expected) {
            // The system lets go of the lock at the end of the process in any case.
        }
    }
}
