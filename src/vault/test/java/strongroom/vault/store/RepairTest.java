package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.store.Repaired.Outcome;

/// What was damaged is brought back from where it can be, and nothing is made worse.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RepairTest {
    @TempDir
    Path folder;

    final MemoryServer server = new MemoryServer();
    Device device;

    @BeforeEach
    void open() throws Exception {
        device = Device.alone(folder.resolve("store"));
        device.save("one.txt", "the first");
        device.save("two.txt", "the second");
        byte[] noise = new byte[2_000_000];
        new Random(3).nextBytes(noise);
        device.documents.save(device.root(), "long.bin", Device.NOW, new ByteArrayInputStream(noise), noise.length);
    }

    @AfterEach
    void close() {
        device.close();
    }

    private void sync() throws Exception {
        server.sync(device.exchange, device.vault);
        device.store.applyIncoming();
        server.sync(device.exchange, device.vault);
    }

    private void sql(String statement, Object... values) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + device.folder.resolve("vault.db"));
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i] instanceof Id id ? id.toByteArray() : values[i]);
            }
            prepared.executeUpdate();
        }
    }

    private List<Outcome> repair() throws StoreException {
        return device.store.repair(VerifyWatch.NONE).stream()
                .map(Repaired::outcome)
                .toList();
    }

    private List<String> damaged() throws StoreException {
        return device.store.verify(true, VerifyWatch.NONE).damages().stream()
                .map(Damage::what)
                .toList();
    }

    private void assertWhole() throws Exception {
        assertEquals(List.of(), damaged());
        assertEquals("the first", device.read("one.txt"));
        assertEquals("the second", device.read("two.txt"));
        device.reopen();
        assertEquals(List.of(), damaged());
    }

    @Test
    void aSoundStoreIsLeftAlone() throws Exception {
        assertEquals(List.of(), repair());
        sync();
        assertEquals(List.of(), repair());
        assertWhole();
    }

    @Test
    void placesThatTheTablesLostAreFoundInThePacks() throws Exception {
        device.stop();
        sql("DELETE FROM chunk");
        sql("DELETE FROM pack");
        device.reopen();
        assertEquals(3, damaged().size());

        assertEquals(List.of(Outcome.MENDED, Outcome.MENDED, Outcome.MENDED), repair());

        assertWhole();
    }

    private StoreException.Why notOpened(String path) throws StoreException {
        Id document = device.documents.find(path).id();
        return assertThrows(StoreException.class, () -> device.documents.open(document))
                .why();
    }

    @Test
    void whatWasWholeBeforeIsNotTakenForItAfterARepairThatAskedForIt() throws Exception {
        sync();
        assertEquals("the first", device.read("one.txt"));
        for (Path pack : device.packs()) {
            byte[] bytes = Files.readAllBytes(pack);
            for (int i = 8; i < bytes.length; i++) {
                bytes[i] ^= 1;
            }
            Files.write(pack, bytes);
        }
        assertEquals(List.of(Outcome.ASKED_FOR, Outcome.ASKED_FOR, Outcome.ASKED_FOR), repair());

        assertEquals(StoreException.Why.NOT_LOCAL, notOpened("one.txt"));
        sync();
        assertWhole();
    }

    @Test
    void aPartWhosePlaceTheTablesLostIsAskedForByWhoeverOpensTheDocument() throws Exception {
        sync();
        device.stop();
        sql("DELETE FROM chunk");
        device.reopen();

        assertEquals(StoreException.Why.NOT_LOCAL, notOpened("long.bin"));
        assertEquals(StoreException.Why.NOT_LOCAL, notOpened("one.txt"));
        sync();
        assertEquals("the first", device.read("one.txt"));
        // Of the long one the list of its parts is here by now, and says what else to ask for.
        assertEquals(StoreException.Why.NOT_LOCAL, notOpened("long.bin"));
        sync();
        device.documents.open(device.documents.find("long.bin").id()).close();
    }

    @Test
    void chunksThatAreGoneComeAgainFromTheServer() throws Exception {
        sync();
        device.stop();
        for (Path pack : device.packs()) {
            Files.delete(pack);
        }
        device.reopen();

        assertEquals(List.of(Outcome.ASKED_FOR, Outcome.ASKED_FOR, Outcome.ASKED_FOR), repair());
        sync();
        // Its list came first.
        assertEquals(List.of(Outcome.ASKED_FOR), repair());
        sync();

        assertWhole();
    }

    @Test
    void whatWasNeverSentAndIsGoneIsNamedAndTheRestOpens() throws Exception {
        sync();
        device.save("three.txt", "the third");
        device.stop();
        for (Path pack : device.packs()) {
            Files.delete(pack);
        }
        device.reopen();

        List<Repaired> repaired = device.store.repair(VerifyWatch.NONE);
        server.pull(device.exchange, device.vault);

        assertEquals(
                List.of("three.txt"),
                repaired.stream()
                        .filter(one -> one.outcome() == Outcome.LOST)
                        .map(Repaired::what)
                        .toList());
        assertEquals(
                List.of("long.bin", "three.txt"), damaged().stream().sorted().toList());
        assertEquals("the first", device.read("one.txt"));
    }

    @Test
    void aCatalogueWhoseRowsAreDamagedIsMadeAnewFromTheLog() throws Exception {
        sync();
        device.save("three.txt", "not sent yet");
        device.stop();
        sql("UPDATE row SET sealed = zeroblob(60) WHERE kind IN (5, 11)");
        device.reopen();
        assertTrue(damaged().size() >= 3);

        assertEquals(List.of(Outcome.ASKED_FOR), repair());
        sync();

        assertWhole();
        assertEquals("not sent yet", device.read("three.txt"));
    }

    @Test
    void aCatalogueThatIsGoneIsMadeAnewFromTheLog() throws Exception {
        sync();
        device.stop();
        sql("DELETE FROM row WHERE kind IN (4, 5, 6, 11, 12)");
        device.reopen();

        repair();
        sync();

        assertWhole();
    }

    @Test
    void aServerThatTellsTheLogOtherwiseChangesNothing() throws Exception {
        sync();
        device.stop();
        sql("DELETE FROM row WHERE kind IN (5, 11)");
        device.reopen();
        repair();
        MemoryServer other = new MemoryServer();
        try (Device stranger = new Device(folder.resolve("other"), device.person, "other")) {
            stranger.save("a.txt", "a");
            other.sync(stranger.exchange, stranger.vault);
        }

        VaultStoreTest.assertRefused(
                StoreException.Why.CONTRADICTION, () -> device.exchange.replayed(device.vault, other.log));
        sync();

        assertWhole();
    }

    @Test
    void aLogThatWasCutHereAndAtTheServerIsNotTakenForTheWholeOne() throws Exception {
        sync();
        device.save("three.txt", "the third");
        sync();
        device.store.applyIncoming();
        device.stop();
        int last = server.log.size();
        sql("DELETE FROM history WHERE sequence = " + last);
        sql("DELETE FROM row WHERE kind IN (5, 11)");
        device.reopen();
        repair();

        device.exchange.replayed(device.vault, server.log.subList(0, last - 1));
        device.store.applyIncoming();

        assertTrue(damaged().contains(device.vault.toString()), "the damage is said no more");
        assertEquals(List.of(), device.names());
    }

    @Test
    void aHalfDestroyedStoreIsBroughtBackByTheServer() throws Exception {
        for (int i = 0; i < 40; i++) {
            device.save("document " + i, "text of " + i);
        }
        sync();
        Random random = new Random(5);
        for (int round = 0; round < 3; round++) {
            device.stop();
            for (Path pack : device.packs()) {
                byte[] bytes = Files.readAllBytes(pack);
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] ^= 0x55;
                }
                Files.write(pack, random.nextBoolean() ? bytes : java.util.Arrays.copyOf(bytes, bytes.length / 2));
            }
            sql("DELETE FROM chunk WHERE abs(random()) % 3 = 0");
            sql("UPDATE row SET sealed = zeroblob(99) WHERE kind IN (5, 11) AND abs(random()) % 3 = 0");
            device.reopen();

            // The catalogue comes first, then the lists of long documents, then what they list.
            while (repair().contains(Outcome.ASKED_FOR)) {
                sync();
            }

            assertWhole();
            for (int i = 0; i < 40; i++) {
                assertEquals("text of " + i, device.read("document " + i));
            }
        }
    }

    @Test
    void aVaultsKeyThatIsDamagedMakesWayForTheServers() throws Exception {
        sync();
        device.exchange.offerVaults(List.of(server.record(device.vault)));
        device.stop();
        sql("UPDATE row SET sealed = zeroblob(60) WHERE kind = 3");
        device.start();

        assertEquals(List.of(Outcome.ASKED_FOR), repair());
        // As the window does with what the server keeps for it.
        device.store.addVault(device.vault, 1, device.person.vaultKey);
        device.documents = device.store.documents(device.vault);
        sync();

        assertWhole();
    }

    @Test
    void aPackThatACrashLeftIsRemovedFromASoundStoreAlone() throws Exception {
        sync();
        device.stop();
        Path left = device.folder.resolve("packs").resolve("w-" + "7".repeat(32) + ".pack");
        Files.write(left, new byte[100]);
        sql("DELETE FROM row WHERE kind = 5 AND rowid IN (SELECT rowid FROM row WHERE kind = 5 LIMIT 1)");
        sql("DELETE FROM row WHERE kind IN (11, 12)");
        device.reopen();
        device.store.applyIncoming();
        assertTrue(Files.exists(left));

        repair();
        sync();
        device.reopen();
        device.store.applyIncoming();

        assertTrue(Files.notExists(left));
        List<Path> packs = new ArrayList<>(device.packs());
        assertTrue(packs.stream()
                .allMatch(pack -> String.valueOf(pack.getFileName()).matches("[aw]-[0-9a-f]{32}.pack")));
    }
}
