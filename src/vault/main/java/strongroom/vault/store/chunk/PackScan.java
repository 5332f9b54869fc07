package strongroom.vault.store.chunk;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import strongroom.protocol.Id;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;

/// Reads what packs say of themselves, without the database: for what is left of a store, and for what should not be
/// left. Follows no link and waits for no FIFO.
public final class PackScan {
    /// Given each record of a pack.
    @FunctionalInterface
    public interface Visitor {
        /// @param place of the ciphertext, whether or not the file is long enough for it
        void record(Tag tag, Place place) throws IOException;
    }

    private static final String ENDING = ".pack";

    private PackScan() {}

    /// Given each file that has the name of a pack.
    @FunctionalInterface
    interface Found {
        void pack(Pack pack, Path file) throws IOException;
    }

    static void packs(Path folder, Found visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                Optional<Pack> pack = pack(String.valueOf(file.getFileName()));
                if (pack.isPresent()) {
                    visitor.pack(pack.get(), file);
                }
            }
        }
    }

    /// Reads the records of every pack in a folder, of both sides. A pack ends for this where a record cannot be one.
    public static void all(Path folder, Visitor visitor) throws IOException {
        packs(folder, (pack, file) -> {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                read(file, pack, visitor);
            }
        });
    }

    private static Optional<Pack> pack(String fileName) {
        for (Side side : Side.values()) {
            if (fileName.startsWith(side.prefix())) {
                String digits = fileName.substring(side.prefix().length(), fileName.length() - ENDING.length());
                try {
                    return Optional.of(new Pack(Id.parse(digits), side));
                } catch (MalformedException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void read(Path file, Pack pack, Visitor visitor) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!Arrays.equals(in.readNBytes(PackFolder.EMPTY), PackFolder.MAGIC)) {
                return;
            }
            long at = PackFolder.EMPTY;
            byte[] tag = new byte[Tag.SIZE];
            while (true) {
                in.readFully(tag);
                int length = in.readInt();
                if (length <= 0 || length > Wire.CHUNK_LIMIT) {
                    return;
                }
                at += PackFolder.RECORD_HEADER;
                visitor.record(Tag.read(ByteBuffer.wrap(tag)), new Place(pack, at, length));
                in.skipNBytes(length);
                at += length;
            }
        } catch (EOFException end) {
            // Between two records, or within one that a crash or a damage cut.
        } catch (NoSuchFileException gone) {
            // The other process may have moved what it held to a new one.
        }
    }
}
