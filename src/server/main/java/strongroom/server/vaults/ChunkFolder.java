package strongroom.server.vaults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongSupplier;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.server.refusal.RefusedException;

/// The files of the chunks: `VAULT/AB/CDEF…`. A file appears under its name whole or not at all: written beside,
/// forced to the disk, renamed, and the rename forced too. Safe for all threads.
public final class ChunkFolder {
    /// Chunks are refused before the disk is full, so that the database on it can still take orders and receipts.
    public static final long RESERVE = 64L << 20;

    private static final int BUFFER = 64 << 10;

    private final Path root;
    private final Path incoming;
    private final LongSupplier room;

    private ChunkFolder(Path root, Path incoming, LongSupplier room) {
        this.root = root;
        this.incoming = incoming;
        this.room = room;
    }

    /// Opens or makes the folder and clears away what a crash left half received.
    ///
    /// @param room free bytes on its disk
    public static ChunkFolder open(Path root, LongSupplier room) throws IOException {
        Path incoming = root.resolve("incoming");
        Files.createDirectories(incoming);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        return new ChunkFolder(root, incoming, room);
    }

    /// Receives bytes into a file without a name and forces them to the disk.
    ///
    /// @throws RefusedException TOO_LARGE or NO_ROOM
    Incoming receive(InputStream content) throws RefusedException, IOException {
        if (room.getAsLong() < RESERVE + Wire.CHUNK_LIMIT) {
            throw noRoom();
        }
        Path file = Files.createTempFile(incoming, "chunk", null);
        try {
            return fill(file, content);
        } catch (RefusedException | IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    byte[] read(Id vault, Digest chunk) throws RefusedException, IOException {
        try {
            return Files.readAllBytes(place(vault, chunk));
        } catch (NoSuchFileException e) {
            throw RefusedException.notFound();
        }
    }

    private Incoming fill(Path file, InputStream content) throws RefusedException, IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > Wire.CHUNK_LIMIT) {
                    throw new RefusedException(Refusal.TOO_LARGE, "A chunk has 4 MiB at most.");
                }
                sha256.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
            }
            out.force(true);
        }
        return new Incoming(file, size, Digest.of(sha256.digest()));
    }

    private void write(FileChannel out, ByteBuffer bytes) throws RefusedException, IOException {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            // Java has no exception of its own for a full disk.
            if (room.getAsLong() < RESERVE) {
                throw noRoom();
            }
            throw e;
        }
    }

    private Path shelf(Id vault, Digest chunk) {
        return root.resolve(vault.toString()).resolve(chunk.toString().substring(0, 2));
    }

    private Path place(Id vault, Digest chunk) {
        return shelf(vault, chunk).resolve(chunk.toString().substring(2));
    }

    private static RefusedException noRoom() {
        return new RefusedException(Refusal.NO_ROOM, "The server has no room left. Tell an administrator.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Bytes on the disk that have no name yet; closing deletes them unless they got one. For one thread.
    final class Incoming implements AutoCloseable {
        private final Path file;
        private final long size;
        private final Digest sha256;

        private Incoming(Path file, long size, Digest sha256) {
            this.file = file;
            this.size = size;
            this.sha256 = sha256;
        }

        long size() {
            return size;
        }

        Digest sha256() {
            return sha256;
        }

        void moveTo(Id vault, Digest chunk) throws IOException {
            Path shelf = shelf(vault, chunk);
            Files.createDirectories(shelf);
            Files.move(file, place(vault, chunk), StandardCopyOption.ATOMIC_MOVE);
            force(shelf);
            // New folders are entries of the folders above them.
            force(root.resolve(vault.toString()));
            force(root);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
