package strongroom.vault.store.chunk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import strongroom.vault.home.DurableFile;

/// Folders and files that nobody but their owner can look into, whatever the umask says. Windows gives a profile's
/// files such rights by inheritance.
public final class PrivateFolder {
    private static final Set<PosixFilePermission> FILE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> FOLDER = EnumSet.allOf(PosixFilePermission.class).stream()
            .filter(permission -> permission.name().startsWith("OWNER"))
            .collect(Collectors.toUnmodifiableSet());

    private PrivateFolder() {}

    /// Makes a folder whose name is durable.
    public static void makeDurably(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (make(folder) && parent != null) {
            DurableFile.forceFolder(parent);
        }
    }

    /// Makes a folder and its parents; the caller forces the name to disk. @return whether it was not there
    static boolean make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return false;
        }
        if (isPosix(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        } else {
            Files.createDirectories(folder);
        }
        return true;
    }

    /// Makes an empty file if there is none.
    public static void makeFile(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        if (isPosix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } else {
            Files.createFile(file);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
