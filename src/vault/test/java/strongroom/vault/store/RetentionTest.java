package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Retention POLICY = new Retention(3, Duration.ofDays(20), Duration.ofDays(10));

    @TempDir
    Path folder;

    Device device;
    Instant now = Device.NOW;

    @BeforeEach
    void open() throws Exception {
        device = Device.alone(folder.resolve("store"));
    }

    @AfterEach
    void close() {
        device.close();
    }

    /// Opens the store on each of so many days.
    void live(int days) throws Exception {
        for (int day = 0; day < days; day++) {
            now = now.plus(DAY);
            device.at(now).reopen();
            device.store.expire(POLICY);
        }
    }

    List<Integer> versions(Item document) throws Exception {
        return device.documents.versions().list(document.id()).stream()
                .map(Version::number)
                .toList();
    }

    @Test
    void theTrashIsEmptiedAfterItsDays() throws Exception {
        device.documents.remove(device.save("old.txt", "old").id());
        live(10);
        assertEquals(List.of("old.txt"), TwoDevices.trashOf(device));

        live(2);

        assertEquals(List.of(), TwoDevices.trashOf(device));
        assertEquals(0, device.store.verify(true, VerifyWatch.NONE).documents());
    }

    @Test
    void versionsAreKeptUpToANumberAndAnAge() throws Exception {
        Item plan = device.save("plan.txt", "1");
        for (int i = 2; i <= 6; i++) {
            device.save("plan.txt", String.valueOf(i));
        }
        live(2);
        assertEquals(List.of(5, 4, 3), versions(plan));

        live(20);

        assertEquals(List.of(), versions(plan));
        assertEquals("6", device.read("plan.txt"));
    }

    @Test
    void aClockThatLeapsYearsAheadDestroysNothing() throws Exception {
        device.documents.remove(device.save("old.txt", "old").id());
        live(2);

        now = now.plus(Duration.ofDays(2_000));
        device.at(now).reopen();
        device.store.expire(POLICY);
        device.store.expire(POLICY);

        assertEquals(List.of("old.txt"), TwoDevices.trashOf(device));
    }

    @Test
    void aClockThatIsAMonthAheadDestroysNothingForADay() throws Exception {
        live(2);
        device.documents.remove(device.save("old.txt", "old").id());

        now = now.plus(Duration.ofDays(30));
        device.at(now).reopen();
        device.store.expire(POLICY);

        assertEquals(List.of("old.txt"), TwoDevices.trashOf(device));
    }

    @Test
    void aClockThatWasSetBackDestroysNothingForADay() throws Exception {
        device.documents.remove(device.save("old.txt", "old").id());
        live(9);
        now = now.minus(Duration.ofDays(400));
        live(1);
        now = Device.NOW.plus(Duration.ofDays(12));
        device.at(now).reopen();
        device.store.expire(POLICY);
        assertEquals(List.of("old.txt"), TwoDevices.trashOf(device));

        live(2);

        assertEquals(List.of(), TwoDevices.trashOf(device));
    }

    @Test
    void aTimeBeforeTheDocumentWasThereCountsForNothing() throws Exception {
        Item letter = device.save("letter.txt", "Dear Charles");
        device.at(Instant.parse("1970-01-02T00:00:00Z")).documents.remove(letter.id());

        live(40);

        assertEquals(List.of("letter.txt"), TwoDevices.trashOf(device));
    }
}
