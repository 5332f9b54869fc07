package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of a store are exchanged for older ones, or for each other.
class OlderFilesTest {
    @TempDir
    Path folder;

    private KnownStore store;
    private Path older;

    /// After the copy every second document changes, and one comes that the copy does not know.
    @BeforeEach
    void make() throws Exception {
        store = new KnownStore(folder.resolve("store"));
        older = store.fresh(folder.resolve("older"));
        try (FaultScript.Stage stage = FaultScript.Stage.open(store.folder, store.key)) {
            for (int i = 0; i < KnownStore.DOCUMENTS; i += 2) {
                store.save(stage, i, 10 + i);
            }
            stage.exchangeAll();
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anOlderDatabaseWithNewerPacksOpensAsItWasThen() throws Exception {
        Files.copy(older.resolve("vault.db"), store.folder.resolve("vault.db"), StandardCopyOption.REPLACE_EXISTING);

        KnownStore.Verdict verdict = store.judge(store.folder, true);

        assertEquals("", verdict.why());
        assertEquals(KnownStore.DOCUMENTS, verdict.readable());
        assertTrue(verdict.found());
    }

    @Test
    void olderPacksCostWhatCameSince() throws Exception {
        try (var packs = Files.list(older.resolve("packs"))) {
            for (Path pack : packs.toList()) {
                Files.copy(
                        pack,
                        store.folder.resolve("packs").resolve(pack.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }

        KnownStore.Verdict verdict = store.judge(store.folder);

        assertEquals(KnownStore.DOCUMENTS / 2, verdict.readable());
        assertEquals(KnownStore.DOCUMENTS / 2, verdict.damages().size());
    }

    @Test
    void anOlderSearchIndexIsMadeAnew() throws Exception {
        Path search = store.folder.resolve("search");
        store.judge(store.folder, true);
        try (var files = Files.list(search)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (var files = Files.list(older.resolve("search"))) {
            for (Path file : files.toList()) {
                Files.copy(file, search.resolve(file.getFileName()));
            }
        }

        KnownStore.Verdict verdict = store.judge(store.folder, true);

        assertTrue(verdict.isWhole() && verdict.found(), verdict.toString());
    }

    @Test
    void anOlderLogOfTheDatabaseBesideANewerDatabaseChangesNothing() throws Exception {
        Path used = store.fresh(folder.resolve("used"));
        try (FaultScript.Stage stage = FaultScript.Stage.open(used, store.key)) {
            store.save(stage, 1, 30);
            Files.copy(used.resolve("vault.db-wal"), folder.resolve("wal"));
        }
        Files.copy(folder.resolve("wal"), used.resolve("vault.db-wal"), StandardCopyOption.REPLACE_EXISTING);

        KnownStore.Verdict verdict = store.judge(used);

        assertTrue(verdict.isWhole(), verdict.toString());
    }

    @Test
    void theFilesOfAnotherStoreAreRefusedOrHaveNothingToShow() throws Exception {
        try (KnownStore other = new KnownStore(folder.resolve("other"))) {
            Path mixed = store.fresh(folder.resolve("mixed"));
            Files.copy(
                    other.folder.resolve("vault.db"), mixed.resolve("vault.db"), StandardCopyOption.REPLACE_EXISTING);

            KnownStore.Verdict verdict = store.judge(mixed);

            assertFalse(verdict.isWhole());
            assertEquals(0, verdict.readable());
        }
    }

    @Test
    void theWholeFolderPutBackToAnOlderCopyIsWhole() throws Exception {
        KnownStore.Verdict verdict = store.judge(older, true);

        assertTrue(verdict.isWhole(), verdict.toString());
        assertEquals(List.of(), verdict.damages());
    }
}
