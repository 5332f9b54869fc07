package strongroom.vault.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Set;

/// Writes documents in clear where the user said. Never over a file that is there, never outside the directory.
final class Export {
    private static final int BUFFER = 64 << 10;
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul", "com1", "lpt1");

    private final LocalLibrary library;
    private final Progress progress;
    private long documents;
    private long bytes;

    Export(LocalLibrary library, Progress progress) {
        this.library = library;
        this.progress = progress;
    }

    /// @return how many documents were written
    int write(Entry entry, Path directory) throws ClientException {
        if (!Files.isDirectory(directory)) {
            throw new ClientException(Problem.NOT_FOUND, "There is no directory " + directory + " to export to.");
        }
        if (entry.isFolder()) {
            folder(entry, entry.name().isEmpty() ? directory : makeDirectory(directory, entry.name()));
        } else {
            document(entry, directory);
        }
        return Math.toIntExact(documents);
    }

    private void folder(Entry folder, Path directory) throws ClientException {
        for (Entry entry : library.list(folder.id())) {
            if (entry.isFolder()) {
                folder(entry, makeDirectory(directory, entry.name()));
            } else {
                document(entry, directory);
            }
        }
    }

    private Path makeDirectory(Path parent, String name) throws ClientException {
        Path directory = parent.resolve(plain(name));
        try {
            return Files.isDirectory(directory) ? directory : Files.createDirectory(directory);
        } catch (IOException e) {
            throw Sentences.io("make the directory " + directory, e);
        }
    }

    private void document(Entry entry, Path directory) throws ClientException {
        try (InputStream content = library.open(entry.id())) {
            Path file = free(directory, plain(entry.name()));
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
                copy(content, out);
            } catch (IOException | ClientException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            Files.setLastModifiedTime(file, FileTime.from(entry.modified()));
            documents++;
            progress.at(documents, -1, bytes, -1);
        } catch (IOException e) {
            throw Sentences.io("export " + entry.name(), e);
        }
    }

    private void copy(InputStream content, OutputStream out) throws IOException, ClientException {
        byte[] buffer = new byte[BUFFER];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ClientException(Problem.CANCELLED, "The export was ended; what was finished stays.");
            }
            out.write(buffer, 0, read);
            bytes += read;
        }
    }

    private static Path free(Path directory, String name) throws IOException {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        for (int number = 1; ; number++) {
            Path file = directory.resolve(number == 1 ? name : stem + " (" + number + ")" + ending);
            try {
                return Files.createFile(file);
            } catch (FileAlreadyExistsException expected) {
                // The next number may be free.
            }
        }
    }

    /// A name that every file system takes: what Windows forbids becomes an underscore, here too, so that an export
    /// on one system can be copied to another.
    static String plain(String name) {
        String plain = name.replaceAll("[\\x00-\\x1f<>:\"/\\\\|?*]", "_").replaceAll("[. ]+$", "_");
        int dot = plain.indexOf('.');
        String stem = (dot < 0 ? plain : plain.substring(0, dot)).toLowerCase(Locale.ROOT);
        if (RESERVED.contains(stem)) {
            plain = "_" + plain;
        }
        // Most file systems take 255 bytes; a character has up to four of them.
        int[] characters = plain.codePoints().limit(60).toArray();
        boolean tooLong = plain.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 240;
        String fitting = tooLong ? new String(characters, 0, characters.length) : plain;
        return fitting.isEmpty() ? "_" : fitting;
    }
}
