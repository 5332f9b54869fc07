package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import strongroom.vault.home.Home;

/// What belongs to a vault in a home, by name: a wipe removes these and nothing else, because a user may have put a
/// home into a folder with files of their own.
///
/// @param home whose
record Belongings(Home home) {
    private static final List<String> MORE = List.of("drafts", "cache", "work", "index", "tmp");

    /// Folders that a wipe removes, with everything in them.
    List<Path> folders() {
        List<Path> folders = new ArrayList<>(List.of(home.store(), home.logs()));
        MORE.forEach(name -> folders.add(home.folder().resolve(name)));
        return folders;
    }

    /// Single files in the home that a wipe removes; they hold no key.
    List<Path> files() throws IOException {
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(home.folder(), "{*.bin,*.sealed,*.pending,*.new,*.log,*.order,*.state}")) {
            List<Path> files = new ArrayList<>();
            entries.forEach(files::add);
            files.removeIf(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
            return files;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// The files of the key slots.
    List<Path> slots() throws IOException {
        try (Stream<Path> entries = Files.list(home.slots())) {
            // The count of wrong PINs last: it makes whoever was stopped in between go on.
            return entries.sorted(Comparator.comparing(Belongings::isCount).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    private static boolean isCount(Path file) {
        return file.endsWith("daily.wrong");
    }

    /// What a wipe would destroy, for a drill.
    List<String> inventory() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("would destroy: key slots, " + slots().size() + " files");
        for (Path folder : folders()) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                lines.add("would destroy: " + folder.getFileName() + ", " + sizeOf(folder));
            }
        }
        lines.add("would destroy: device keys and certificate");
        lines.add("nothing was touched");
        return lines;
    }

    private static String sizeOf(Path folder) throws IOException {
        long[] sum = new long[2];
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    sum[0]++;
                    sum[1] += Files.size(path);
                }
            }
        } catch (NoSuchFileException | java.io.UncheckedIOException e) {
            // It is in use and changes while it is counted.
            return sum[0] + " files or more, " + sum[1] + " bytes or more";
        }
        return sum[0] + " files, " + sum[1] + " bytes";
    }
}
