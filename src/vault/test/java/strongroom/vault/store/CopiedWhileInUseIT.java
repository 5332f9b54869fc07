package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody's backup copies a store, file by file, while documents are saved.
class CopiedWhileInUseIT {
    private static final int COPIES = Integer.getInteger("strongroom.copies", 40);

    @TempDir
    Path folder;

    @Test
    void aCopyThatWasMadeMeanwhileOpensOrIsRefusedAndShowsNothingWrong() throws Exception {
        try (KnownStore store = new KnownStore(folder.resolve("store"))) {
            for (int seed = 1_000; seed < 3_000; seed++) {
                store.know(seed % KnownStore.DOCUMENTS, seed);
            }
            AtomicBoolean enough = new AtomicBoolean();
            AtomicBoolean failed = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                try (FaultScript.Stage stage = FaultScript.Stage.open(store.folder, store.key)) {
                    for (int seed = 1_000; !enough.get() && seed < 3_000; seed++) {
                        stage.save(KnownStore.name(seed % KnownStore.DOCUMENTS), 2 * seed + 1, KnownStore.LENGTH);
                    }
                } catch (StoreException e) {
                    failed.set(true);
                }
            });
            Map<String, Integer> met = new TreeMap<>();
            for (int i = 0; i < COPIES; i++) {
                KnownStore.Verdict verdict = store.judge(store.fresh(folder.resolve("copy")));
                String result = verdict.isWhole() ? "whole" : verdict.why().isEmpty() ? "damaged" : verdict.why();
                met.merge(result, 1, Integer::sum);
            }
            enough.set(true);
            writer.join();
            System.out.println("CopiedWhileInUseIT: " + met);
            assertEquals(false, failed.get());
            assertTrue(store.judge(store.folder).isWhole());
        }
    }
}
