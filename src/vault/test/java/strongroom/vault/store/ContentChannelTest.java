package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Reading a document wherever one likes.
class ContentChannelTest extends TwoDevices {
    private static final int SEGMENT = 64 << 10;
    private static final int MANY_CHUNKS = 6 << 20;
    /// What is said to be so long is cut into chunks of many segments.
    private static final long LARGE = 4L << 30;

    @Test
    void anyPieceOfAnyDocumentIsWhatWasSaved() throws Exception {
        for (int size : new int[] {0, 1, SEGMENT - 5, SEGMENT, SEGMENT + 1, 3 * SEGMENT + 17, MANY_CHUNKS}) {
            for (int sameness : new int[] {1, 2, 256}) {
                byte[] content = content(size, sameness);
                Item document = save(one, size + " " + sameness, content);
                try (SeekableByteChannel channel = one.documents.channel(document.id())) {
                    assertEquals(size, channel.size());
                    assertPieces(content, channel);
                }
            }
        }
    }

    @Test
    void whatTheAgentFetchedIsReadTheSame() throws Exception {
        byte[] content = content(MANY_CHUNKS, 256);
        Item document = save(one, "film", content);
        syncAll();

        try (SeekableByteChannel channel = two.documents.channel(document.id())) {
            assertPieces(content, channel);
        }
    }

    @Test
    void aDamageIsMetWhereItIs() throws Exception {
        byte[] content = content(MANY_CHUNKS, 256);
        Item document = save(one, "film", content);
        one.stop();
        Path pack = one.packs().getFirst();
        byte[] bytes = Files.readAllBytes(pack);
        // In the first segment of a chunk: the last one is shorter, and padding in part.
        bytes[10_000] ^= 1;
        Files.write(pack, bytes);
        one.start();
        one.documents = one.store.documents(one.vault);

        int damaged = 0;
        try (SeekableByteChannel channel = one.documents.channel(document.id())) {
            for (int at = 0; at < content.length; at += 4096) {
                ByteBuffer into = ByteBuffer.allocate(1);
                try {
                    assertEquals(1, channel.position(at).read(into));
                    assertEquals(content[at], into.get(0));
                } catch (IOException e) {
                    StoreException told = assertInstanceOf(StoreException.class, e.getCause());
                    assertEquals(StoreException.Why.DAMAGED, told.why());
                    damaged++;
                }
            }
        }

        // A segment has sixteen places that were looked at.
        assertEquals(16, damaged, 1);
    }

    @Test
    void aLengthInTheTablesThatWasChangedYieldsNothingThatWasNotSaved() throws Exception {
        // Text: each chunk is compressed, and of several segments all the same.
        byte[] content = content(MANY_CHUNKS, 16);
        Item document = save(one, "text", content);
        one.stop();
        try (Connection tables = DriverManager.getConnection("jdbc:sqlite:" + one.folder.resolve("vault.db"));
                Statement statement = tables.createStatement()) {
            assertTrue(statement.executeUpdate("UPDATE chunk SET length = length + 1048576 WHERE length > 140000") > 0);
        }
        one.start();
        one.documents = one.store.documents(one.vault);

        int refused = 0;
        try (SeekableByteChannel channel = one.documents.channel(document.id())) {
            for (int at = 0; at < content.length; at += 10_007) {
                ByteBuffer into = ByteBuffer.allocate(1);
                try {
                    assertEquals(1, channel.position(at).read(into));
                    assertEquals(content[at], into.get(0), "at " + at);
                } catch (IOException e) {
                    assertInstanceOf(StoreException.class, e.getCause());
                    refused++;
                }
            }
        }

        assertTrue(refused > 0);
    }

    @Test
    void whatIsMovedToAnotherPackMeanwhileIsFoundThere() throws Exception {
        save(one, "leaves", content(MANY_CHUNKS, 256));
        byte[] content = new byte[MANY_CHUNKS];
        new Random(8).nextBytes(content);
        Item stays = save(one, "stays", content);
        syncAll();
        try (SeekableByteChannel channel = one.documents.channel(stays.id())) {
            assertPieces(content, channel);
            List<Path> before = one.packs();

            one.documents.remove(one.documents.find("leaves").id());
            one.documents.trash().empty();
            syncAll();

            assertTrue(Collections.disjoint(before, one.packs()), "written anew");
            assertPieces(content, channel);
        }
    }

    @Test
    void behindTheLockNothingIsReadAnyMore() throws Exception {
        Item document = save(one, "film", content(MANY_CHUNKS, 256));
        SeekableByteChannel channel = one.documents.channel(document.id());
        assertEquals(1, channel.read(ByteBuffer.allocate(1)));
        one.stop();

        IOException locked = assertThrows(
                IOException.class, () -> channel.position(MANY_CHUNKS / 2).read(ByteBuffer.allocate(1)));

        assertEquals(
                StoreException.Why.CLOSED,
                assertInstanceOf(StoreException.class, locked.getCause()).why());
        one.start();
    }

    @Test
    void itKeepsToWhatAChannelForReadingDoes() throws Exception {
        Item document = one.save("a.txt", "abc");
        SeekableByteChannel channel = one.documents.channel(document.id());

        assertThrows(NonWritableChannelException.class, () -> channel.write(ByteBuffer.allocate(1)));
        assertThrows(NonWritableChannelException.class, () -> channel.truncate(0));
        assertThrows(IllegalArgumentException.class, () -> channel.position(-1));
        assertEquals(-1, channel.position(1000).read(ByteBuffer.allocate(1)));
        assertEquals(1000, channel.position());
        channel.close();
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, channel::position);
    }

    private static Item save(Device device, String name, byte[] content) throws StoreException {
        return device.documents.save(device.root(), name, Device.NOW, new ByteArrayInputStream(content), LARGE);
    }

    /// @param sameness how many different bytes there are: 256 cannot be compressed
    private static byte[] content(int size, int sameness) {
        byte[] content = new byte[size];
        new Random(size + sameness).nextBytes(content);
        for (int i = 0; i < size; i++) {
            content[i] = (byte) ((content[i] & 0xff) % sameness);
        }
        return content;
    }

    private static void assertPieces(byte[] content, SeekableByteChannel channel) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            int from = random.nextInt(content.length + 10);
            int length = random.nextInt(random.nextBoolean() ? 100 : 3 * SEGMENT) + 1;
            ByteBuffer into = ByteBuffer.allocate(length);
            int read = channel.position(from).read(into);
            byte[] expected = Arrays.copyOfRange(
                    content, Math.min(from, content.length), Math.min(from + length, content.length));
            assertEquals(expected.length == 0 ? -1 : expected.length, read, "seed " + seed);
            assertArrayEquals(expected, Arrays.copyOf(into.array(), into.position()), "seed " + seed);
            assertEquals(from + expected.length, channel.position());
        }
    }
}
