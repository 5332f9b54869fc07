package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.store.search.Hit;
import strongroom.vault.store.search.IndexWatch;

/// The search over a real store.
class StoreSearchTest {
    @TempDir
    Path folder;

    private Device device;

    @BeforeEach
    void open() throws StoreException {
        device = Device.alone(folder.resolve("store"));
    }

    @AfterEach
    void close() {
        device.close();
    }

    private List<Id> found(String typed) throws StoreException {
        device.store.search().update(device.store.corpus(), IndexWatch.NONE);
        return device.store.search().search(typed, 10).stream().map(Hit::entry).toList();
    }

    @Test
    void documentsAndFoldersAreFoundAsTheyCome() throws Exception {
        Id letter = device.save("Brief.txt", "Sehr geehrte Frau Müller").id();
        Id plans = device.documents.makeFolder(device.root(), "Pläne").id();

        assertEquals(List.of(letter), found("mueller "));
        assertEquals(List.of(plans), found("plan"));
        device.save("Brief.txt", "Liebe Frau Schmidt");
        assertEquals(List.of(), found("mueller "));
        assertEquals(List.of(letter), found("schmidt"));
        device.documents.move(letter, plans, "Anschreiben.txt");
        assertEquals(List.of(letter), found("anschreiben"));
        device.documents.remove(plans);
        assertEquals(List.of(), found("schmidt"));
    }

    @Test
    void theNextOpeningFindsWithoutReadingAgain() throws Exception {
        Id letter = device.save("Brief.txt", "Sehr geehrte Frau Müller").id();
        found("x");

        device.reopen();

        assertEquals(
                letter, device.store.search().search("mueller ", 10).getFirst().entry());
    }

    @Test
    void aStoreWhoseRowOfTheIndexIsGoneMakesItAnew() throws Exception {
        Id letter = device.save("Brief.txt", "Sehr geehrte Frau Müller").id();
        found("x");
        device.stop();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + device.folder.resolve("vault.db"));
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("DELETE FROM row WHERE kind = 7"));
        }

        device.reopen();

        assertEquals(List.of(letter), found("mueller "));
        assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
    }

    @Test
    void noWordAndNoNameOfADocumentIsOnTheDisk() throws Exception {
        device.save("xylophonename.txt", "quetzalcoatlus ".repeat(100));
        found("x");

        try (Stream<Path> files = Files.walk(device.folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String raw = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(raw.contains("quetzalcoatlus") || raw.contains("xylophonename"), file.toString());
            }
        }
        assertTrue(Files.isDirectory(device.folder.resolve("search")));
    }

    @Test
    void afterTheLockTheSearchIsClosedWithTheStore() throws Exception {
        device.save("a", "alpha");
        found("alpha");
        VaultStore store = device.store;
        var search = store.search();
        device.stop();

        VaultStoreTest.assertRefused(StoreException.Why.CLOSED, store::search);
        VaultStoreTest.assertRefused(StoreException.Why.CLOSED, () -> search.search("alpha", 5));
    }

    @Test
    void aDocumentThatIsNotHereYetIsFoundByItsName() throws Exception {
        MemoryServer server = new MemoryServer();
        try (Device other = new Device(folder.resolve("other"), device.person, "desk")) {
            Item item = other.save("Protokoll.txt", "Beschluss");
            server.sync(other.exchange, other.vault);
            device.exchange.incoming(device.vault, server.log);
            device.store.applyIncoming();
            assertEquals(List.of(item.id()), found("protokoll"));
            assertEquals(List.of(), found("beschluss"));

            server.pull(device.exchange, device.vault);

            assertEquals(List.of(item.id()), found("beschluss"));
        }
    }
}
