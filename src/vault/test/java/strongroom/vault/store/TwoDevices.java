package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of what two laptops of one person do, with a server between them.
abstract class TwoDevices {
    @TempDir
    Path folder;

    final MemoryServer server = new MemoryServer();
    Device one;
    Device two;

    @BeforeEach
    void open() throws Exception {
        Device.Person person = new Device.Person();
        one = new Device(folder.resolve("one"), person, "one");
        two = new Device(folder.resolve("two"), person, "two");
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    /// Until both have everything of each other.
    void syncAll() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (Device device : List.of(one, two)) {
                server.sync(device.exchange, device.vault);
                device.store.applyIncoming();
            }
        }
        assertEquals(0, one.exchange.pendingCommits() + two.exchange.pendingCommits());
        assertEquals(one.names(), two.names());
        assertEquals(trashOf(one), trashOf(two));
    }

    static List<String> trashOf(Device device) throws Exception {
        return device.documents.trash().list().stream().map(Removed::name).toList();
    }
}
