package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;

class LocalCopiesTest {
    @TempDir
    Path folder;

    final MemoryServer server = new MemoryServer();
    Device device;
    LocalCopies copies;

    @BeforeEach
    void open() throws Exception {
        device = Device.alone(folder.resolve("store"));
        copies = device.documents.localCopies();
    }

    @AfterEach
    void close() {
        device.close();
    }

    private void sync() throws Exception {
        server.sync(device.exchange, device.vault);
        device.store.applyIncoming();
    }

    private Item film(String name, int size) throws Exception {
        byte[] noise = new byte[size];
        new Random(name.hashCode()).nextBytes(noise);
        return device.documents.save(device.root(), name, Device.NOW, new ByteArrayInputStream(noise), size);
    }

    private long bytesOfPacks() throws Exception {
        long bytes = 0;
        for (Path pack : device.packs()) {
            bytes += Files.size(pack);
        }
        return bytes;
    }

    private List<String> local() throws Exception {
        return device.documents.list(device.root()).stream()
                .filter(Item::local)
                .map(Item::name)
                .toList();
    }

    @Test
    void whatIsEvictedIsListedTakesNoRoomAndComesAgainWhenItIsOpened() throws Exception {
        Item film = film("film.bin", 3_000_000);
        device.save("letter.txt", "Dear Charles");
        sync();

        long freed = copies.evict(film.id());

        assertTrue(freed > 2_900_000, "freed " + freed);
        assertTrue(bytesOfPacks() < 100_000, "packs take " + bytesOfPacks());
        assertEquals(List.of("letter.txt"), local());
        assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
        Missing missing = copies.missing(film.id());
        assertTrue(missing.bytes() > 2_900_000 && missing.chunks() > 10, missing::toString);
        device.reopen();
        VaultStoreTest.assertRefused(StoreException.Why.NOT_LOCAL, () -> device.documents.open(film.id()));

        server.pull(device.exchange, device.vault);

        assertEquals(new Missing(0, 0), device.documents.localCopies().missing(film.id()));
        try (var in = device.documents.open(film.id())) {
            assertEquals(3_000_000, in.readAllBytes().length);
        }
    }

    @Test
    void whatTheServerDoesNotHaveYetStays() throws Exception {
        Item film = film("film.bin", 200_000);

        assertEquals(0, copies.evict(film.id()));

        assertTrue(device.documents.entry(film.id()).local());
    }

    @Test
    void bytesThatAnotherDocumentNeedsStay() throws Exception {
        Item film = film("film.bin", 200_000);
        byte[] same;
        try (var in = device.documents.open(film.id())) {
            same = in.readAllBytes();
        }
        device.documents.save(device.root(), "copy.bin", Device.NOW, new ByteArrayInputStream(same), same.length);
        sync();

        assertEquals(0, copies.evict(film.id()));
    }

    @Test
    void aKeptFolderStaysAndIsFetched() throws Exception {
        Id trip = device.documents.makeFolder(device.root(), "Trip").id();
        Item letter = device.documents.save(trip, "letter.txt", Device.NOW, Device.stream("Dear Charles"), 12);
        sync();
        copies.evict(trip);
        assertFalse(device.documents.entry(letter.id()).local());

        copies.keep(trip, true);
        server.pull(device.exchange, device.vault);
        assertTrue(copies.isKept(letter.id()));
        assertTrue(device.documents.entry(letter.id()).local());
        device.reopen();
        copies = device.documents.localCopies();
        copies.evict(device.root());
        assertEquals("Dear Charles", device.read(letter.id()));

        copies.keep(trip, false);
        copies.evict(device.root());
        assertFalse(device.documents.entry(letter.id()).local());
    }

    @Test
    void documentsThatNobodyOpensLeaveAfterTheirTime() throws Exception {
        film("never.bin", 100_000);
        Item often = film("often.bin", 100_000);
        sync();
        device.at(Device.NOW.plus(Duration.ofDays(20)));
        device.documents.open(often.id()).close();
        device.reopen();
        device.at(Device.NOW.plus(Duration.ofDays(40)));

        device.documents.localCopies().evict(new Eviction(Duration.ofDays(30), Long.MAX_VALUE, 0));

        assertEquals(List.of("often.bin"), local());
    }

    @Test
    void theLongestUnusedLeaveUntilTheRestIsSmallEnough() throws Exception {
        for (int i = 0; i < 4; i++) {
            device.at(Device.NOW.plus(Duration.ofDays(i)));
            film("film " + i, 100_000);
        }
        sync();

        copies.evict(new Eviction(Duration.ofDays(1_000), 250_000, 0));

        assertEquals(List.of("film 2", "film 3"), local());
    }

    @Test
    void aDiskThatIsNearlyFullIsRelieved() throws Exception {
        film("film.bin", 100_000);
        sync();

        copies.evict(new Eviction(Duration.ofDays(1_000), Long.MAX_VALUE, Long.MAX_VALUE));

        assertEquals(List.of(), local());
    }
}
