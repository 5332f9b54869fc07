package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;

class ResidueTest {
    private static final String CANARY = "the canary that sings of no one else";

    @TempDir
    Path folder;

    final MemoryServer server = new MemoryServer();
    Device device;

    @BeforeEach
    void open() throws Exception {
        device = Device.alone(folder.resolve("store"));
    }

    @AfterEach
    void close() {
        device.close();
    }

    private Remains search(String... texts) throws Exception {
        List<byte[]> planted = List.of(texts).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return device.store.residue(planted, VerifyWatch.NONE);
    }

    private void sync() throws Exception {
        server.sync(device.exchange, device.vault);
        device.store.applyIncoming();
    }

    private Set<Digest> named() throws Exception {
        return new HashSet<>(server.chunks.keySet());
    }

    /// How often a chunk's name stands in the raw bytes of the store.
    private int found(Set<Digest> names) throws Exception {
        int found = 0;
        try (var files = Files.walk(device.folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (Digest name : names) {
                    found += bytes.contains(new String(name.toByteArray(), StandardCharsets.ISO_8859_1)) ? 1 : 0;
                }
            }
        }
        return found;
    }

    @Test
    void neitherNamesNorContentsLieInAStore() throws Exception {
        device.save(CANARY + ".txt", CANARY + " in the text");
        device.store.search().update(device.store.corpus(), (done, total) -> {});

        Remains report = search(CANARY);

        assertEquals(List.of(), report.findings());
        assertTrue(report.files() > 3 && report.bytes() > 10_000);
    }

    @Test
    void textThatWasPutThereIsFoundWhereItLies() throws Exception {
        byte[] noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);
        Path file = device.folder.resolve("left.tmp");
        for (int position : new int[] {0, 1, 1_048_560, 1_048_576, 2_999_000}) {
            byte[] bytes = noise.clone();
            byte[] canary = CANARY.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(canary, 0, bytes, position, canary.length);
            Files.write(file, bytes);

            assertEquals(
                    List.of(new Remains.Finding("left.tmp", position, "text in clear")),
                    search("something else", CANARY).findings());
        }
    }

    @Test
    void whatIsDestroyedLeavesNeitherNamesNorBytes() throws Exception {
        device.save("stays.txt", "stays");
        sync();
        Set<Digest> before = named();
        Item letter = device.save("Letter.txt", CANARY.repeat(10_000));
        sync();
        Set<Digest> names = named();
        names.removeAll(before);
        long full = bytesOfPacks();
        assertNotEquals(0, found(names), "the control: while it is there, its names are found");

        device.documents.remove(letter.id());
        device.documents.trash().purge(letter.id());

        assertEquals(0, found(names));
        Remains report = search(CANARY);
        assertEquals(List.of(), report.findings());
        assertEquals(0, report.keyless());
        assertTrue(bytesOfPacks() < full);
        sync();
        assertEquals(0, found(names));
        assertEquals("stays", device.read("stays.txt"));
    }

    @Test
    void aNameThatWasLeftBehindIsFoundWithoutBeingKnown() throws Exception {
        Item letter = device.save("Letter.txt", CANARY);
        sync();
        Digest name = named().iterator().next();
        byte[] pack = Files.readAllBytes(device.packs().getFirst());
        device.documents.remove(letter.id());
        device.documents.trash().purge(letter.id());
        sync();
        // As if repacking had never been, and a page of the database had kept the name.
        Files.write(device.folder.resolve("packs").resolve("w-" + "0".repeat(32) + ".pack"), pack);
        byte[] page = new byte[4096];
        System.arraycopy(name.toByteArray(), 0, page, 777, Digest.SIZE);
        Files.write(device.folder.resolve("page"), page);

        Remains report = search();

        assertEquals(
                List.of(new Remains.Finding("page", 777, "the name of a chunk that was deleted")), report.findings());
        assertEquals(1, report.keyless());
    }

    @Test
    void aDocumentThatWasNeverSentIsDestroyedWhenTheServerHasHeardOfIt() throws Exception {
        Item letter = device.save("Letter.txt", CANARY);
        device.documents.remove(letter.id());
        device.documents.trash().purge(letter.id());
        assertFalse(device.exchange.chunksToSend(device.vault, 10).isEmpty());

        sync();

        assertEquals(0, found(named()));
    }

    private long bytesOfPacks() throws Exception {
        long bytes = 0;
        for (Path pack : device.packs()) {
            bytes += Files.size(pack);
        }
        return bytes;
    }
}
