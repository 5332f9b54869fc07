package strongroom.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// What comes into the stores; each is made when it is asked for first.
final class Sources {
    private static final int FOLDER = 1000;
    private static final int TINY = 64;
    private static final int NOISE = 4096;
    private static final int NOISE_EVERY = 256 << 10;

    private final Path folder;
    private final Sizes sizes;
    private final OfficeDocuments office = new OfficeDocuments();
    private final Map<String, Path> made = new HashMap<>();
    private long documentBytes;

    /// @param folder empty
    Sources(Path folder, Sizes sizes) {
        this.folder = folder;
        this.sizes = sizes;
    }

    private interface Making {
        void at(Path path) throws IOException;
    }

    private Path once(String name, Making making) throws IOException {
        Path known = made.get(name);
        if (known != null) {
            return known;
        }
        Path path = folder.resolve(name);
        making.at(path);
        made.put(name, path);
        return path;
    }

    /// Office documents in a few folders.
    Path documents() throws IOException {
        return once("documents", path -> documentBytes = office.write(path, sizes.documents()));
    }

    /// How long all of them are.
    long documentBytes() {
        return documentBytes;
    }

    /// A large document.
    Path large() throws IOException {
        return once("large", path -> office.large(path, (long) sizes.large() << 20));
    }

    /// One that is edited.
    Path edit() throws IOException {
        return once("edit", path -> office.large(path, (long) sizes.edited() << 20));
    }

    /// What it is afterwards.
    Path edited() throws IOException {
        Path before = edit();
        return once("edited", path -> office.edited(before, path));
    }

    /// What it is when something was inserted.
    Path inserted() throws IOException {
        Path before = edit();
        return once("inserted", path -> office.inserted(before, path));
    }

    /// A great many tiny documents, a thousand to a folder; see {@link #folderOfMany}.
    Path many() throws IOException {
        Random random = new Random(2);
        return once("many", path -> {
            byte[] content = new byte[TINY];
            for (int i = 0; i < sizes.many(); i++) {
                Path inside = path.resolve("folder " + i / FOLDER);
                if (i % FOLDER == 0) {
                    Files.createDirectories(inside);
                }
                random.nextBytes(content);
                Files.write(inside.resolve("document " + i), content);
            }
        });
    }

    /// One of their folders, by its path in a store.
    String folderOfMany() {
        return "many/folder " + (sizes.many() - 1) / FOLDER / 2;
    }

    /// A document that takes little room, and of which no two parts are equal.
    Path sparse() throws IOException {
        return once("sparse", path -> {
            byte[] noise = new byte[NOISE];
            Random random = new Random(3);
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                long length = (long) sizes.sparse() << 20;
                file.setLength(length);
                for (long at = 0; at < length; at += NOISE_EVERY) {
                    random.nextBytes(noise);
                    file.seek(at);
                    file.write(noise);
                }
            }
        });
    }
}
