package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Laptops whose clocks are wrong by years. That nothing is destroyed then is in {@link RetentionTest}.
class WrongClockTest {
    private static final List<Instant> CLOCKS = List.of(
            Instant.parse("1970-01-01T00:00:00Z"),
            Instant.parse("1901-12-13T20:45:51Z"),
            Instant.parse("2038-01-19T03:14:08Z"),
            Instant.parse("9999-12-31T23:59:59Z"));

    @TempDir
    Path folder;

    @Test
    void whateverTheClockSaysTheOrderOfTheChangesDecides() throws Exception {
        MemoryServer server = new MemoryServer();
        Device.Person person = new Device.Person();
        try (Device one = new Device(folder.resolve("one"), person, "one");
                Device two = new Device(folder.resolve("two"), person, "two")) {
            for (int i = 0; i < CLOCKS.size(); i++) {
                Device writes = i % 2 == 0 ? one : two;
                Device reads = i % 2 == 0 ? two : one;
                writes.at(CLOCKS.get(i)).save("plan.txt", "version " + i);
                writes.documents.remove(writes.save("gone " + i, "gone").id());
                assertTrue(server.sync(writes.exchange, writes.vault));
                server.sync(reads.exchange, reads.vault);
                reads.store.applyIncoming();
                writes.store.applyIncoming();

                assertEquals("version " + i, reads.read("plan.txt"));
                assertEquals(i + 1, reads.documents.trash().list().size());
            }
            for (Device device : List.of(one, two)) {
                device.reopen();
                assertEquals(
                        List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
                assertEquals(List.of("plan.txt"), device.names());
                assertEquals(
                        CLOCKS.size() - 1,
                        device.documents
                                .versions()
                                .list(device.documents.find("plan.txt").id())
                                .size());
            }
        }
    }
}
