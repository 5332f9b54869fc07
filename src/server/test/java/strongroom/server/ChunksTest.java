package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;

class ChunksTest {
    private static final Digest CHUNK = Digest.sha256(new byte[] {1});

    @TempDir
    private Path directory;

    private TestOrganisation organisation;
    private DeviceClient device;
    private Id vault;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        device = organisation.enrol("Grace");
        vault = device.createVault();
    }

    @AfterEach
    void stop() {
        device.close();
        organisation.close();
    }

    @Test
    void aChunkComesBackAsItWasSentAlsoAfterARestart() throws Exception {
        byte[] largest = new byte[Wire.CHUNK_LIMIT];
        organisation.random.nextBytes(largest);

        DeviceClient.require(204, device.putChunk(vault, CHUNK, largest));
        DeviceClient.require(204, device.putChunk(vault, CHUNK, largest));
        assertArrayEquals(largest, DeviceClient.require(200, device.getChunk(vault, CHUNK)));

        organisation.restart();
        assertArrayEquals(largest, DeviceClient.require(200, device.getChunk(vault, CHUNK)));
    }

    @Test
    void otherBytesUnderTheSameNameAreRefused() throws Exception {
        DeviceClient.require(204, device.putChunk(vault, CHUNK, new byte[] {1}));

        DeviceClient.requireRefused(409, Refusal.CHUNK_DIFFERS, device.putChunk(vault, CHUNK, new byte[] {2}));
        assertArrayEquals(new byte[] {1}, DeviceClient.require(200, device.getChunk(vault, CHUNK)));
    }

    @Test
    void aChunkOverTheLimitIsRefusedAndLeavesNothing() throws Exception {
        DeviceClient.requireRefused(
                413, Refusal.TOO_LARGE, device.putChunk(vault, CHUNK, new byte[Wire.CHUNK_LIMIT + 1]));
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, device.getChunk(vault, CHUNK));
    }

    @Test
    void theServerSaysWhichChunksAreMissing() throws Exception {
        Digest absent = Digest.sha256(new byte[] {2});
        DeviceClient.require(204, device.putChunk(vault, CHUNK, new byte[] {1}));

        CanonicalReader in = new CanonicalReader(DeviceClient.require(
                200,
                device.send(
                        "POST",
                        "/v1/vaults/" + vault + "/chunks/missing",
                        new CanonicalWriter()
                                .list(List.of(CHUNK, absent), (CanonicalWriter out, Digest one) -> one.write(out))
                                .toByteArray())));

        assertEquals(List.of(absent), in.list(Wire.CHUNK_PAGE, Digest::read));
    }

    @Test
    void whoIsNoMemberCannotTellAVaultFromNone() throws Exception {
        DeviceClient.require(204, device.putChunk(vault, CHUNK, new byte[] {1}));
        try (DeviceClient other = organisation.enrol("Linus")) {
            Id own = other.createVault();

            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, other.getChunk(vault, CHUNK));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, other.getChunk(own, CHUNK));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, other.putChunk(vault, CHUNK, new byte[] {1}));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, other.get("/v1/vaults/" + vault + "/commits"));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, other.putVault(vault, 1, new byte[] {1}));
        }
    }
}
