package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;

/// The disk has no page free, then one, two and so on, until a document can be saved. To be opened, a store takes
/// 32 KiB for SQLite's index of its log; from then on everything can be read.
class DiskSweepIT {
    private static final int SIZE = 12 << 20;
    private static final int LENGTH = 60_000;

    @TempDir
    Path folder;

    @Test
    void withHoweverLittleRoomAStoreOpensAndReadsAndSavesOrSaysThatTheDiskIsFull() throws Exception {
        Path template = folder.resolve("template");
        StoreState before;
        try (SecretBytes key = FaultedStore.rootKey()) {
            try (FaultScript.Stage stage = FaultScript.create(template, key)) {
                stage.save("old.txt", 1, LENGTH);
                stage.save("other.txt", 2, LENGTH);
                before = StoreState.of(stage);
            }
            try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), SIZE)) {
                Map<String, Integer> met = new TreeMap<>();
                int saved = 0;
                for (int pages = 0; saved < 5; pages++) {
                    Path store = disk.folder().resolve("store" + pages);
                    KnownStore.copy(template, store);
                    disk.leave(pages * SmallDisk.PAGE);

                    String result = use(store, key, before);

                    met.merge(result, 1, Integer::sum);
                    saved += result.equals("saved") ? 1 : 0;
                    disk.makeRoom();
                    check(store, key, before, result);
                    disk.remove(store);
                    assertTrue(pages < 500, met.toString());
                }
                System.out.println("DiskSweepIT: " + met);
                assertEquals(Set.of("not opened, DISK_FULL", "read, not saved, DISK_FULL", "saved"), met.keySet());
            }
        }
    }

    @Test
    void onAFullDiskAVaultShowsWhatTheServerTookAndTheWindowHadNotTakenIn() throws Exception {
        try (SecretBytes key = FaultedStore.rootKey();
                SmallDisk disk = new SmallDisk(folder.resolve("disk"), SIZE)) {
            Path store = disk.folder().resolve("store");
            MemoryServer server = new MemoryServer();
            StoreState before;
            try (FaultScript.Stage stage = FaultScript.create(store, key)) {
                stage.save("one.txt", 1, LENGTH);
                stage.save("two.txt", 2, LENGTH);
                before = StoreState.of(stage);
                server.sync(stage.exchange(), stage.vault());
            }
            disk.leave(40 << 10);

            try (FaultScript.Stage stage = FaultScript.Stage.open(store, key)) {
                assertEquals(before, StoreState.of(stage));
                VaultStoreTest.assertRefused(StoreException.Why.DISK_FULL, () -> stage.save("new.txt", 3, LENGTH));
                assertEquals(before, StoreState.of(stage));

                disk.makeRoom();
                stage.save("new.txt", 3, LENGTH);
                assertEquals(
                        List.of(), stage.store().verify(true, VerifyWatch.NONE).damages());
                assertEquals(
                        3, stage.documents().list(stage.documents().root().id()).size());
            }
        }
    }

    private static String use(Path store, SecretBytes key, StoreState before) {
        String result = "not opened";
        try (FaultScript.Stage stage = FaultScript.Stage.open(store, key)) {
            assertEquals(before, StoreState.of(stage));
            result = "read, not saved";
            stage.save("new.txt", 3, LENGTH);
            return "saved";
        } catch (StoreException e) {
            return result + ", " + e.why();
        }
    }

    /// With room again everything is there.
    private static void check(Path store, SecretBytes key, StoreState before, String result) throws Exception {
        try (FaultScript.Stage stage = FaultScript.Stage.open(store, key)) {
            assertEquals(List.of(), stage.store().verify(true, VerifyWatch.NONE).damages(), result);
            StoreState after = StoreState.of(stage);
            if (result.equals("saved")) {
                try (var in =
                        stage.documents().open(stage.documents().find("new.txt").id())) {
                    assertTrue(Arrays.equals(FaultScript.content(3, LENGTH), in.readAllBytes()));
                }
            } else {
                assertEquals(before, after, result);
                stage.save("new.txt", 3, LENGTH);
            }
        }
    }
}
