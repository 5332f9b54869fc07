package strongroom.server.vaults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.server.refusal.RefusedException;

class ChunkFolderTest {
    private static final Id VAULT = Id.of(new byte[Id.SIZE]);
    private static final Digest CHUNK = Digest.ZERO;

    @TempDir
    private Path directory;

    private long room = Long.MAX_VALUE;
    private ChunkFolder folder;

    @BeforeEach
    void open() throws Exception {
        folder = ChunkFolder.open(directory, () -> room);
    }

    private static InputStream bytes(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void bytesGetTheirNameOnlyWhenTheyAreMoved() throws Exception {
        try (ChunkFolder.Incoming incoming = folder.receive(bytes(3))) {
            assertThrows(RefusedException.class, () -> folder.read(VAULT, CHUNK));
            assertEquals(Digest.sha256(new byte[3]), incoming.sha256());
            assertEquals(3, incoming.size());
            incoming.moveTo(VAULT, CHUNK);
        }

        assertArrayEquals(new byte[3], folder.read(VAULT, CHUNK));
        assertEquals(1, files());
    }

    @Test
    void bytesThatAreNotMovedAreGone() throws Exception {
        folder.receive(bytes(3)).close();

        assertEquals(0, files());
    }

    @Test
    void withoutRoomNothingIsTakenAndTheReserveStays() throws Exception {
        room = ChunkFolder.RESERVE + Wire.CHUNK_LIMIT - 1;

        RefusedException refused = assertThrows(RefusedException.class, () -> folder.receive(bytes(1)));

        assertEquals(Refusal.NO_ROOM, refused.refusal());
        assertEquals(0, files());
        room++;
        folder.receive(bytes(1)).close();
    }

    @Test
    void aChunkThatIsTooLongOrBreaksOffLeavesNothing() throws Exception {
        RefusedException refused =
                assertThrows(RefusedException.class, () -> folder.receive(bytes(Wire.CHUNK_LIMIT + 1)));
        assertEquals(Refusal.TOO_LARGE, refused.refusal());

        InputStream broken = new SequenceInputStream(bytes(100_000), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client is gone");
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThrows(IOException.class, () -> folder.receive(broken));
        assertEquals(0, files());
    }

    @Test
    void whatACrashLeftIsClearedAway() throws Exception {
        Files.write(directory.resolve("incoming").resolve("chunk123.tmp"), new byte[5]);

        ChunkFolder.open(directory, () -> room);

        assertEquals(0, files());
    }
}
