package strongroom.vault.store.search.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.RandomAccessInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;

class SealedDirectoryTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int B = FileSeal.BLOCK;

    @TempDir
    Path folder;

    private final SecretBytes key = SecretBytes.random(32, RANDOM);
    private SealedDirectory directory;

    @BeforeEach
    void open() throws IOException {
        directory = SealedDirectory.open(folder, key, 1 << 20, RANDOM);
    }

    @AfterEach
    void close() {
        directory.close();
        key.close();
    }

    private void reopen() throws IOException {
        directory.close();
        open();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static void write(Directory directory, String name, byte[] content) throws IOException {
        try (IndexOutput out = directory.createOutput(name, IOContext.DEFAULT)) {
            out.writeBytes(content, content.length);
        }
    }

    private static byte[] read(Directory directory, String name) throws IOException {
        try (IndexInput in = directory.openInput(name, IOContext.DEFAULT)) {
            byte[] content = new byte[Math.toIntExact(in.length())];
            in.readBytes(content, 0, content.length);
            return content;
        }
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().getFirst();
        }
    }

    @Test
    void everyLengthAroundABlockComesBackAsItWas() throws Exception {
        for (int length : List.of(0, 1, B - 1, B, B + 1, 2 * B - 1, 2 * B, 3 * B + 7)) {
            write(directory, "f" + length, content(length));
        }

        reopen();

        for (int length : List.of(0, 1, B - 1, B, B + 1, 2 * B - 1, 2 * B, 3 * B + 7)) {
            assertEquals(length, directory.fileLength("f" + length));
            assertArrayEquals(content(length), read(directory, "f" + length));
        }
    }

    /// What Lucene expects of any directory is what its own one in memory does.
    @Test
    void randomReadsAreThoseOfLucenesOwnDirectory() throws Exception {
        Random random = new Random(7);
        try (Directory model = new ByteBuffersDirectory()) {
            byte[] bytes = content(5 * B + 123);
            for (Directory each : List.of(model, directory)) {
                try (IndexOutput out = each.createOutput("a", IOContext.DEFAULT)) {
                    out.writeBytes(bytes, 0, 1000);
                    out.writeInt(42);
                    out.writeVLong(1L << 40);
                    out.writeString("Übergröße");
                    out.writeBytes(bytes, 1000, bytes.length - 1000);
                    assertEquals(bytes.length + 4 + 6 + 13, out.getFilePointer());
                    out.writeLong(out.getChecksum());
                }
            }
            assertEquals(model.fileLength("a"), directory.fileLength("a"));
            try (IndexInput wanted = model.openInput("a", IOContext.DEFAULT);
                    IndexInput found = directory.openInput("a", IOContext.DEFAULT)) {
                for (int i = 0; i < 20_000; i++) {
                    compare(random, wanted, found);
                }
            }
        }
    }

    private static void compare(Random random, IndexInput wanted, IndexInput found) throws IOException {
        long from = random.nextLong(wanted.length());
        long size = random.nextLong(wanted.length() - from + 1);
        boolean part = random.nextBoolean();
        IndexInput one = part ? wanted.slice("part", from, size) : wanted.clone();
        IndexInput other = part ? found.slice("part", from, size) : found.clone();
        assertEquals(one.length(), other.length());
        if (one.length() < 600) {
            return;
        }
        long at = random.nextLong(one.length() - 599);
        one.seek(at);
        other.seek(at);
        switch (random.nextInt(8)) {
            case 0 -> assertEquals(one.readByte(), other.readByte());
            case 1 -> assertEquals(one.readShort(), other.readShort());
            case 2 -> assertEquals(one.readInt(), other.readInt());
            case 3 -> assertEquals(one.readLong(), other.readLong());
            case 4 -> {
                int[] expected = new int[128];
                int[] actual = new int[128];
                one.readInts(expected, 0, 128);
                other.readInts(actual, 0, 128);
                assertArrayEquals(expected, actual);
            }
            case 5 -> {
                byte[] expected = new byte[600];
                byte[] actual = new byte[600];
                one.readBytes(expected, 0, 600);
                other.readBytes(actual, 0, 600);
                assertArrayEquals(expected, actual);
            }
            case 6 -> {
                RandomAccessInput first = one.randomAccessSlice(at, 599);
                RandomAccessInput second = other.randomAccessSlice(at, 599);
                assertEquals(first.readLong(590), second.readLong(590));
                assertEquals(first.readInt(3), second.readInt(3));
                assertEquals(first.readShort(100), second.readShort(100));
                assertEquals(first.readByte(598), second.readByte(598));
                return;
            }
            default -> {
                IndexInput deeper = other.slice("deeper", at, 599).slice("deepest", 1, 597);
                assertEquals(one.slice("x", at + 1, 597).readLong(), deeper.readLong());
                return;
            }
        }
        assertEquals(one.getFilePointer(), other.getFilePointer());
    }

    @Test
    void readingBehindTheEndIsRefused() throws Exception {
        write(directory, "a", content(B + 10));

        try (IndexInput in = directory.openInput("a", IOContext.DEFAULT)) {
            in.seek(B + 10);
            assertThrows(EOFException.class, in::readByte);
            assertThrows(EOFException.class, () -> in.seek(B + 11));
            IndexInput slice = in.slice("part", 5, 5);
            slice.skipBytes(5);
            assertThrows(EOFException.class, slice::readByte);
            assertThrows(IllegalArgumentException.class, () -> in.slice("more", 5, B + 6));
        }
    }

    @Test
    void namesAreListedMadeOnceAndGoneAfterTheirRemoval() throws Exception {
        write(directory, "b", content(5));
        write(directory, "a", content(6));

        assertArrayEquals(new String[] {"a", "b"}, directory.listAll());
        assertThrows(FileAlreadyExistsException.class, () -> directory.createOutput("a", IOContext.DEFAULT));
        assertThrows(NoSuchFileException.class, () -> directory.openInput("c", IOContext.DEFAULT));
        directory.deleteFile("a");
        assertThrows(NoSuchFileException.class, () -> directory.fileLength("a"));
        reopen();
        assertArrayEquals(new String[] {"b"}, directory.listAll());
    }

    @Test
    void aRenamedFileKeepsItsContentUnderTheNewName() throws Exception {
        write(directory, "pending_segments_1", content(B + 5));

        directory.rename("pending_segments_1", "segments_1");
        directory.syncMetaData();
        reopen();

        assertArrayEquals(new String[] {"segments_1"}, directory.listAll());
        assertArrayEquals(content(B + 5), read(directory, "segments_1"));
    }

    @Test
    void anUnfinishedRenameIsForgotten() throws Exception {
        write(directory, "a", content(5));
        Files.write(folder.resolve("0123.new"), content(9));

        reopen();

        assertArrayEquals(new String[] {"a"}, directory.listAll());
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void eachFlippedByteIsNoticed() throws Exception {
        write(directory, "a", content(300));
        Path file = only();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);
            if (i % 10 == 0) {
                assertThrows(IOException.class, () -> read(directory, "a"));
            }
            assertRefused("byte " + i);
            Files.write(file, good);
            reopen();
        }
    }

    @Test
    void eachCutAndEachAdditionIsNoticed() throws Exception {
        write(directory, "a", content(2 * B));
        Path file = only();
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(3);
        for (int length = 0; length < good.length; length += 1 + random.nextInt(60)) {
            Files.write(file, Arrays.copyOf(good, length));
            assertRefused("length " + length);
        }
        // At the very border of a block.
        Files.write(file, Arrays.copyOf(good, FileSeal.HEADER + FileSeal.SEALED_BLOCK));
        assertRefused("one block of two");
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertRefused("one byte more");
        Files.write(file, Arrays.copyOf(good, good.length + FileSeal.SEALED_BLOCK));
        assertRefused("one block more");
    }

    @Test
    void swappedBlocksAreNoticed() throws Exception {
        write(directory, "a", content(3 * B));
        Path file = only();
        byte[] bytes = Files.readAllBytes(file);
        int first = FileSeal.HEADER;
        int second = FileSeal.HEADER + FileSeal.SEALED_BLOCK;
        byte[] kept = Arrays.copyOfRange(bytes, first, second);
        System.arraycopy(bytes, second, bytes, first, FileSeal.SEALED_BLOCK);
        System.arraycopy(kept, 0, bytes, second, FileSeal.SEALED_BLOCK);
        Files.write(file, bytes);

        assertRefusedWhileOpen();
        assertRefused("blocks");
    }

    @Test
    void aFileInAnothersPlaceIsNoticed() throws Exception {
        write(directory, "a", content(30));
        Path a = only();
        write(directory, "b", content(30));
        directory.close();
        try (Stream<Path> files = Files.list(folder)) {
            Path b = files.filter(file -> !file.equals(a)).findFirst().orElseThrow();
            Files.copy(a, b, StandardCopyOption.REPLACE_EXISTING);
        }

        open();

        assertArrayEquals(new String[] {"a"}, directory.listAll());
    }

    @Test
    void aContentBehindTheHeaderOfAnotherIsNoticed() throws Exception {
        write(directory, "a", content(30));
        Path file = only();
        byte[] first = Files.readAllBytes(file);
        directory.deleteFile("a");
        write(directory, "a", content(30));
        byte[] second = Files.readAllBytes(file);
        System.arraycopy(first, 0, second, 0, FileSeal.HEADER);
        Files.write(file, second);

        assertRefusedWhileOpen();
        assertRefused("another generation's header");
    }

    @Test
    void aFileUnderAnotherKeyIsNoticed() throws Exception {
        write(directory, "a", content(30));
        directory.close();

        try (SecretBytes other = SecretBytes.random(32, RANDOM)) {
            directory = SealedDirectory.open(folder, other, 1 << 20, RANDOM);
            assertArrayEquals(new String[0], directory.listAll());
        }
    }

    @Test
    void aFileThatNobodyWroteIsRemoved() throws Exception {
        Files.write(folder.resolve("segments_9"), content(400));

        reopen();

        assertArrayEquals(new String[0], directory.listAll());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void aPipeOrALinkInThePlaceOfAFileIsRemovedAndNotFollowed() throws Exception {
        write(directory, "a", content(100));
        Path outside = Files.write(folder.resolveSibling(folder.getFileName() + ".outside"), content(50));
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        reopen();

        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(pipe));
        assertTrue(Files.exists(outside));
        Files.delete(outside);
        assertArrayEquals(content(100), read(directory, "a"));
    }

    @Test
    void neitherNameNorContentIsOnTheDiskAndFilesAreForTheirOwnerAlone() throws Exception {
        write(directory, "_0_meaning.doc", "a word in clear".repeat(50).getBytes(StandardCharsets.UTF_8));

        Path file = only();
        String raw = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(raw.contains("word"));
        assertFalse(raw.contains("meaning"));
        assertTrue(file.getFileName().toString().matches("[0-9a-f]{32}"), file.toString());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void equalContentIsNotEqualOnTheDisk() throws Exception {
        write(directory, "a", content(100));
        byte[] first = Files.readAllBytes(only());
        directory.deleteFile("a");
        write(directory, "a", content(100));

        assertFalse(Arrays.equals(first, Files.readAllBytes(only())));
    }

    @Test
    void nothingIsReadAfterTheClose() throws Exception {
        write(directory, "a", content(4 * B));
        IndexInput in = directory.openInput("a", IOContext.DEFAULT);
        in.close();
        directory.close();

        assertThrows(AlreadyClosedException.class, in::readByte);
        assertThrows(AlreadyClosedException.class, () -> directory.openInput("a", IOContext.DEFAULT));
        assertThrows(AlreadyClosedException.class, directory::listAll);
    }

    /// Either missed when the folder is opened, or refused when it is read.
    private void assertRefused(String what) {
        IOException refused = assertThrows(
                IOException.class,
                () -> {
                    reopen();
                    read(directory, "a");
                },
                what);
        assertTrue(refused instanceof CorruptIndexException || refused instanceof NoSuchFileException, what);
    }

    /// The same while the directory is open.
    private void assertRefusedWhileOpen() {
        assertThrows(CorruptIndexException.class, () -> read(directory, "a"));
    }
}
