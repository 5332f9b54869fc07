package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store on a file system that nobody may write to.
class ReadOnlyStoreIT {
    @TempDir
    Path folder;

    @Test
    void aStoreThatCannotBeWrittenToSaysSoAndIsAsItWasAfterwards() throws Exception {
        try (KnownStore store = new KnownStore(folder.resolve("store"));
                SmallDisk disk = new SmallDisk(folder.resolve("disk"), 4 << 20)) {
            Path copy = disk.folder().resolve("store");
            KnownStore.copy(store.folder, copy);
            disk.remount("ro");

            KnownStore.Verdict verdict = store.judge(copy);

            assertEquals("IO", verdict.why());
            disk.remount("rw");
            assertTrue(store.judge(copy).isWhole());
        }
    }
}
