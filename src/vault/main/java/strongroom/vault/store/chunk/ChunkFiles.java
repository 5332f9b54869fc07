package strongroom.vault.store.chunk;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import strongroom.protocol.Digest;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;

/// The folder of chunk files, ciphertext named by chunk id. A file under its final name is whole and on disk: it is
/// written beside, forced, and renamed. Window and agent use the same folder, each with a place of its own for
/// unfinished files. Safe for several threads, each with its own {@link Batch}.
public final class ChunkFiles {
    /// Which process writes here.
    public enum Side {
        /// The one that has keys.
        WINDOW("window.new"),
        /// The one that has the network.
        AGENT("agent.new");

        private final String folder;

        Side(String folder) {
            this.folder = folder;
        }
    }

    private final Path folder;
    private final Path unfinished;
    private final RandomGenerator random;

    /// Opens the folder and removes what this side left unfinished when it last ended. @param folder made if missing
    public ChunkFiles(Path folder, Side side, RandomGenerator random) throws IOException {
        this.folder = folder;
        this.unfinished = folder.resolve(side.folder);
        this.random = random;
        PrivateFolder.makeDurably(folder);
        PrivateFolder.makeDurably(unfinished);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(unfinished)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /// Chunks that become durable together. Closing without {@link #publish} leaves nothing of them.
    public final class Batch implements AutoCloseable {
        private record Written(Path file, Digest chunk) {}

        private final List<Written> written = new ArrayList<>();

        private Batch() {}

        /// Writes a chunk, not yet under its name and not yet forced to disk.
        public void add(Digest chunk, byte[] ciphertext) throws IOException {
            byte[] name = new byte[16];
            random.nextBytes(name);
            Path file = unfinished.resolve(HexFormat.of().formatHex(name));
            written.add(new Written(file, chunk));
            PrivateFolder.makeFile(file);
            // Not a FileChannel: an interrupt would close it under our hands, and a full disk may cut a write short.
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
                out.write(ciphertext);
            }
            if (Files.size(file) != ciphertext.length) {
                throw new IOException("No space left on device");
            }
        }

        /// How many chunks are in it.
        public int size() {
            return written.size();
        }

        /// Takes the last ones out again, until `size` are left.
        public void takeBack(int size) {
            List<Written> last = written.subList(size, written.size());
            // What cannot be removed is ciphertext without a name; the next start of this side tries again.
            last.forEach(chunk -> discard(chunk.file));
            last.clear();
        }

        /// Bytes are durable under their names when this returns.
        ///
        /// @throws java.io.InterruptedIOException if the thread is interrupted meanwhile
        public void publish() throws IOException {
            Forcing.files(written.stream().map(Written::file).toList());
            Set<Path> folders = new LinkedHashSet<>();
            for (Written chunk : written) {
                Path target = path(chunk.chunk);
                Path parent = folder.resolve(directory(chunk.chunk));
                if (folders.add(parent) && PrivateFolder.make(parent)) {
                    folders.add(folder);
                }
                Files.move(chunk.file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            written.clear();
            Forcing.folders(List.copyOf(folders));
        }

        @Override
        public void close() {
            takeBack(0);
        }
    }

    private static boolean discard(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Begins a batch, closed by the caller.
    public Batch batch() {
        return new Batch();
    }

    /// Whether a chunk is here. Says nothing about what its bytes are.
    public boolean has(Digest chunk) {
        return Files.isRegularFile(path(chunk), LinkOption.NOFOLLOW_LINKS);
    }

    /// Size of the file. @throws NoSuchFileException if it is not here
    public long size(Digest chunk) throws IOException {
        if (!has(chunk)) {
            throw new NoSuchFileException(chunk.toString());
        }
        return Files.size(path(chunk));
    }

    /// The ciphertext. @throws NoSuchFileException if it is not here, or something that is no file is in its place
    public byte[] read(Digest chunk) throws IOException {
        try (InputStream in = open(chunk)) {
            byte[] bytes = in.readNBytes(Wire.CHUNK_LIMIT + 1);
            if (bytes.length > Wire.CHUNK_LIMIT) {
                throw new IOException("a chunk that is too long");
            }
            return bytes;
        }
    }

    /// The ciphertext as a stream, closed by the caller.
    public InputStream open(Digest chunk) throws IOException {
        // A FIFO in the place of a chunk would hang us, a link would lead out of the store.
        if (!has(chunk)) {
            throw new NoSuchFileException(chunk.toString());
        }
        return Files.newInputStream(path(chunk), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /// Removes a chunk. @return false if it could not: it takes room and does no harm
    public boolean delete(Digest chunk) {
        return discard(path(chunk));
    }

    /// Removes a chunk if it was written before a moment. @return whether it did
    public boolean deleteIfOlder(Digest chunk, Instant moment) {
        try {
            Instant written = Files.getLastModifiedTime(path(chunk), LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
            return written.isBefore(moment) && discard(path(chunk));
        } catch (IOException e) {
            return false;
        }
    }

    /// All chunks that are here.
    public List<Digest> list() throws IOException {
        List<Digest> chunks = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
            for (Path part : folders) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(part)) {
                    found.forEach(file -> name(part, file).ifPresent(chunks::add));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return chunks;
    }

    private static Optional<Digest> name(Path part, Path file) {
        try {
            return Optional.of(Digest.parse("" + part.getFileName() + file.getFileName()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private String directory(Digest chunk) {
        return chunk.toString().substring(0, 2);
    }

    private Path path(Digest chunk) {
        return folder.resolve(directory(chunk)).resolve(chunk.toString().substring(2));
    }
}
