package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.journey.Client.Said;

/// Versions, the trash, online-only documents and repair, as scripts use them: two devices and a real server.
class HistoryIT {
    private static final String PASSPHRASE = "eleven green bottles";
    private static final String CANARY = "the canary that sings of no one else";
    private static final int RESIDUE = 32;

    private static Path building;
    private static Office office;
    private static int people;

    private Path folder;
    private Client first;
    private Client second;

    @BeforeAll
    static void anOffice() throws IOException, InterruptedException {
        building = TempFolder.make();
        office = Office.open(building, "Muster AG");
    }

    @AfterAll
    static void close() throws IOException {
        office.close();
        TempFolder.remove(building);
    }

    @BeforeEach
    void oneDeviceOfSomebodyNew() throws IOException, InterruptedException {
        folder = TempFolder.make();
        first = Client.in(folder, "a", "none");
        second = Client.in(folder, "b", "none");
        first.enrol(office, "Person " + ++people, PASSPHRASE);
    }

    private void anotherDevice() throws IOException, InterruptedException {
        second.enrol(office, "Person " + people, PASSPHRASE);
        first.approve(PASSPHRASE);
    }

    @AfterEach
    void end() throws IOException {
        first.close();
        second.close();
        TempFolder.remove(folder);
    }

    private Path text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /// Runs many commands in one session. @return what it said
    private static String batch(Client client, String... lines) throws IOException, InterruptedException {
        return client.run(PASSPHRASE + "\n" + String.join("\n", lines), "batch");
    }

    @Test
    void whatWasSavedBeforeOrRemovedComesBackOnAnyDeviceUntilItIsDestroyed() throws IOException, InterruptedException {
        anotherDevice();
        String plan = text("plan.txt", CANARY + " in the first version").toString();
        batch(first, "add " + plan);
        text("plan.txt", "the second version");
        batch(first, "add --replace " + plan, "sync");

        String there =
                batch(second, "sync", "versions plan.txt", "cat plan.txt --version 1", "restore plan.txt --version 1");
        assertTrue(there.contains("version 1"), there);
        assertTrue(there.contains(CANARY + " in the first version"), there);
        assertTrue(there.contains("now version 3"), there);

        String gone = batch(second, "rm plan.txt", "sync", "trash");
        assertTrue(gone.contains("plan.txt"), gone);
        String back = batch(first, "sync", "ls", "trash --restore plan.txt", "sync", "cat plan.txt");
        assertTrue(back.contains(CANARY), back);

        String destroyed = batch(
                first, "sync", "rm plan.txt", "trash --purge plan.txt", "sync", "sync", "trash", "verify --read-data");
        assertTrue(destroyed.contains("Nothing is damaged"), destroyed);
        batch(second, "sync", "sync");
        Path planted = text("planted", CANARY + "\n");
        for (Client client : List.of(first, second)) {
            String searched = client.run(PASSPHRASE, "verify", "--residue", "--planted", planted.toString());
            assertTrue(searched.contains("Nothing is left of what was destroyed"), searched);
            assertFalse(searched.contains("Without a key"), searched);
        }
        // The control: the same search finds what lies there.
        Files.writeString(first.home().resolve("store").resolve("left.tmp"), "so " + CANARY);
        Said found = first.say(PASSPHRASE, "verify", "--residue", "--planted", planted.toString());
        assertEquals(RESIDUE, found.exit(), found::toString);
        assertTrue(found.out().contains("left.tmp at byte 3"), found::toString);
        assertFalse(found.out().contains(CANARY), found::toString);
    }

    @Test
    void aDocumentLeavesTheDeviceAndComesAgainWhenItIsOpened() throws IOException, InterruptedException {
        byte[] film = new byte[4 << 20];
        new Random(4).nextBytes(film);
        Path source = Files.write(folder.resolve("film.bin"), film);
        batch(first, "add " + source, "sync", "evict film.bin");
        assertTrue(bytesOf(first) < film.length / 2, "it still takes its room");
        assertTrue(first.run(PASSPHRASE, "ls", "--json").contains("\"local\":false"));

        Path out = Files.createDirectory(folder.resolve("out"));
        first.run(PASSPHRASE, "export", "film.bin", "--to", out.toString());

        assertEquals(-1, Files.mismatch(source, out.resolve("film.bin")));
        assertTrue(first.run(PASSPHRASE, "ls", "--json").contains("\"local\":true"));
    }

    @Test
    void whatIsDamagedIsBroughtBackFromTheServer() throws IOException, InterruptedException {
        batch(first, "add " + text("one.txt", "the first"), "add " + text("two.txt", "the second"), "sync");
        first.run(PASSPHRASE, "lock");
        for (Path pack : packs(first)) {
            byte[] bytes = Files.readAllBytes(pack);
            bytes[bytes.length / 2] ^= 1;
            bytes[bytes.length - 1] ^= 1;
            Files.write(pack, bytes);
        }
        assertEquals(25, first.say(PASSPHRASE, "verify", "--read-data").exit());

        String mended = first.run(PASSPHRASE, "verify", "--repair");

        assertTrue(mended.contains("Mended: "), mended);
        assertTrue(mended.contains("Nothing is damaged"), mended);
        assertEquals("the first", first.run(PASSPHRASE, "cat", "one.txt"));
    }

    private static List<Path> packs(Client client) throws IOException {
        try (Stream<Path> files = Files.list(client.home().resolve("store").resolve("packs"))) {
            return files.toList();
        }
    }

    private static long bytesOf(Client client) throws IOException {
        long bytes = 0;
        for (Path pack : packs(client)) {
            bytes += Files.size(pack);
        }
        return bytes;
    }
}
