package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in a folder is there before the catalogue has been read, and is what the catalogue says.
class FirstRowsTest {
    @TempDir
    Path folder;

    final MemoryServer server = new MemoryServer();
    Device device;
    Item letters;

    @BeforeEach
    void open() throws Exception {
        device = Device.alone(folder.resolve("store"));
        letters = device.documents.makeFolder(device.root(), "Letters");
        device.documents.save(letters.id(), "to the bank.txt", Device.NOW, Device.stream("Dear bank"), 9);
        device.save("one.txt", "the first");
        device.save("two.txt", "the second");
        settle();
    }

    @AfterEach
    void close() {
        device.close();
    }

    private void settle() throws Exception {
        server.sync(device.exchange, device.vault);
        device.store.applyIncoming();
    }

    private void reopenAfter(String... statements) throws Exception {
        device.stop();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + device.folder.resolve("vault.db"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                int changed = statement.executeUpdate(each);
                assertTrue(changed > 0 || each.contains("TABLE"), each);
            }
        }
        device.reopen();
    }

    private List<String> damages() throws StoreException {
        return device.store.verify(true, VerifyWatch.NONE).damages().stream()
                .map(Damage::sentence)
                .toList();
    }

    @Test
    void theRowsOfAllOtherEntriesAreNotRead() throws Exception {
        // Whatever else the catalogue holds is gone, and nobody needs it for this.
        reopenAfter("DELETE FROM row WHERE kind = 5");

        assertEquals(List.of("Letters", "one.txt", "two.txt"), device.names());
        assertEquals(
                List.of("to the bank.txt"),
                device.documents.list(letters.id()).stream().map(Item::name).toList());
    }

    @Test
    void aChangeThatWasNotSentIsAmongThem() throws Exception {
        device.documents.move(device.documents.find("one.txt").id(), letters.id(), "first.txt");
        device.documents.remove(device.documents.find("two.txt").id());
        device.save("three.txt", "the third");

        device.reopen();

        assertEquals(List.of("Letters", "three.txt"), device.names());
        device.reopen();
        assertEquals(
                List.of("first.txt", "to the bank.txt"),
                device.documents.list(letters.id()).stream().map(Item::name).toList());
    }

    @Test
    void aFolderThatWasRemovedMeanwhileIsNotListed() throws Exception {
        device.documents.remove(letters.id());
        device.reopen();

        VaultStoreTest.assertRefused(StoreException.Why.NOT_FOUND, () -> device.documents.list(letters.id()));
    }

    @Test
    void whatCameInWhileItWasClosedIsTold() throws Exception {
        try (Device other = new Device(folder.resolve("other"), device.person, "other")) {
            server.sync(other.exchange, other.vault);
            other.store.applyIncoming();
            other.save("three.txt", "the third");
            server.sync(other.exchange, other.vault);
        }
        server.sync(device.exchange, device.vault);
        device.reopen();

        assertEquals(List.of("Letters", "one.txt", "two.txt"), device.names());
        device.documents.find("three.txt");

        assertTrue(device.store.applyIncoming(), "whoever listed it before must look again");
        assertEquals(List.of("Letters", "one.txt", "three.txt", "two.txt"), device.names());
    }

    @Test
    void pagesThatAreDamagedAreMadeAnewFromTheRows() throws Exception {
        reopenAfter("UPDATE row SET sealed = zeroblob(300) WHERE kind = 11");

        assertEquals(List.of("Letters", "one.txt", "two.txt"), device.names());
        device.store.applyIncoming();

        reopenAfter("DELETE FROM row WHERE kind = 5");
        assertEquals(List.of("Letters", "one.txt", "two.txt"), device.names());
    }

    @Test
    void aStoreWithoutPagesGetsThem() throws Exception {
        reopenAfter("DELETE FROM row WHERE kind IN (11, 12)");
        device.store.applyIncoming();

        reopenAfter("DELETE FROM row WHERE kind = 5");
        assertEquals(List.of("Letters", "one.txt", "two.txt"), device.names());
        assertEquals("the first", device.read("one.txt"));
    }

    @Test
    void pagesThatWerePutBackToAnOlderStateAreNotBelieved() throws Exception {
        reopenAfter("CREATE TABLE kept AS SELECT * FROM row WHERE kind IN (11, 12)");
        device.documents.remove(device.documents.find("one.txt").id());
        settle();
        reopenAfter("DELETE FROM row WHERE kind IN (11, 12)", "INSERT INTO row SELECT * FROM kept", "DROP TABLE kept");

        assertEquals(List.of("Letters", "two.txt"), device.names());
    }

    @Test
    void onePageThatWasPutBackIsNotBelieved() throws Exception {
        reopenAfter("CREATE TABLE kept AS SELECT * FROM row WHERE kind = 11");
        device.documents.remove(device.documents.find("one.txt").id());
        settle();
        reopenAfter("INSERT OR REPLACE INTO row SELECT * FROM kept");

        assertEquals(List.of("Letters", "two.txt"), device.names());
    }

    @Test
    void rowsThatAreDamagedAreNamedAndWrittenAnewFromThePages() throws Exception {
        reopenAfter("UPDATE row SET sealed = zeroblob(99) WHERE kind = 5 AND rowid IN"
                + " (SELECT rowid FROM row WHERE kind = 5 LIMIT 2)");
        device.save("three.txt", "not sent yet");

        assertEquals(2, damages().size());
        assertTrue(damages().getFirst().contains("the other one is whole"));
        assertEquals("the first", device.read("one.txt"));
        assertEquals(
                List.of(Repaired.Outcome.MENDED),
                device.store.repair(VerifyWatch.NONE).stream()
                        .map(Repaired::outcome)
                        .toList());

        assertEquals(List.of(), damages());
        reopenAfter("DELETE FROM row WHERE kind IN (11, 12)");
        assertEquals(List.of("Letters", "one.txt", "three.txt", "two.txt"), device.names());
        settle();
        assertEquals(List.of(), damages());
        assertEquals(0, device.exchange.pendingCommits());
    }

    @Test
    void whatWasDestroyedIsInNoPage() throws Exception {
        device.documents.remove(letters.id());
        device.documents
                .trash()
                .purge(device.documents.trash().list().getFirst().id());
        settle();

        device.reopen();

        assertEquals(List.of("one.txt", "two.txt"), device.names());
        assertEquals(List.of(), device.documents.trash().list());
    }
}
