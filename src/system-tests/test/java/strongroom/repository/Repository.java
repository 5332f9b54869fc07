package strongroom.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the repository the tests run in, without what a build or an editor leaves. Any thread.
///
/// @param root its top folder
/// @param files every file, relative to it
public record Repository(Path root, List<Path> files) {
    private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", "target");

    /// Keeps the list as it is now.
    public Repository {
        files = List.copyOf(files);
    }

    /// Looks upwards from the working folder, which Maven sets to the module's.
    public static Repository here() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("jpackage.cfg"))) {
            root = root.getParent();
        }
        if (root == null) {
            throw new IOException("No folder above the working folder holds jpackage.cfg.");
        }
        return new Repository(root, filesBelow(root));
    }

    /// The files whose path, written with slashes, matches a regular expression.
    public List<Path> matching(String expression) {
        return files.stream()
                .filter(file -> file.toString().replace('\\', '/').matches(expression))
                .toList();
    }

    /// The text of a file.
    public String read(Path file) throws IOException {
        return Files.readString(root.resolve(file), StandardCharsets.UTF_8);
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean ours = folder.equals(root) || !NOT_OURS.contains(String.valueOf(folder.getFileName()));
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !NOT_OURS.contains(String.valueOf(file.getFileName()))) {
                    found.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
