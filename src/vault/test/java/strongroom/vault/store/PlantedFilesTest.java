package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Something that is no file is put in the place of each file of a store: nothing hangs, nothing is written to where a
/// link leads, and what does not need the file opens.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlantedFilesTest {
    @TempDir
    Path folder;

    private KnownStore store;

    @BeforeEach
    void make() throws Exception {
        store = new KnownStore(folder.resolve("store"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private interface Plant {
        void at(Path place, Path was) throws Exception;
    }

    /// @return the files without which it did not open
    private List<String> plant(Predicate<String> which, Plant plant) throws Exception {
        List<String> refused = new ArrayList<>();
        for (Path file : places()) {
            String name = store.folder.relativize(file).toString();
            if (which.test(name)) {
                Path copy = store.fresh(folder.resolve("copy"));
                Path place = copy.resolve(name);
                Path was = folder.resolve("was");
                Files.deleteIfExists(was);
                if (Files.exists(place)) {
                    Files.move(place, was);
                } else {
                    Files.write(was, new byte[0]);
                }
                plant.at(place, was);

                boolean search = name.startsWith("search");
                KnownStore.Verdict verdict = store.judge(copy, search);

                if (!verdict.why().isEmpty()) {
                    refused.add(name);
                } else if (!name.startsWith("packs")) {
                    assertEquals(KnownStore.DOCUMENTS, verdict.readable(), name);
                    assertEquals(search, verdict.found(), name);
                }
            }
        }
        return refused;
    }

    /// The files that are there, and those that SQLite makes while it is open.
    private List<Path> places() throws IOException {
        List<Path> places = new ArrayList<>(store.files());
        places.add(store.folder.resolve("vault.db-wal"));
        places.add(store.folder.resolve("vault.db-shm"));
        places.add(store.folder.resolve("vault.db-journal"));
        return places;
    }

    @Test
    void aPipeInThePlaceOfAnyFileDoesNotHang() throws Exception {
        List<String> refused = plant(name -> true, (place, was) -> {
            assertEquals(
                    0, new ProcessBuilder("mkfifo", place.toString()).start().waitFor());
        });

        assertTrue(refused.contains("vault.db"), refused.toString());
        assertFalse(refused.stream().anyMatch(name -> name.startsWith("packs") || name.startsWith("search")));
    }

    @Test
    void aFolderInThePlaceOfAnyFileIsRefusedOrPassedBy() throws Exception {
        List<String> refused = plant(name -> true, (place, was) -> Files.createDirectory(place));

        assertTrue(refused.contains("vault.db"), refused.toString());
        assertFalse(refused.stream().anyMatch(name -> name.startsWith("packs") || name.startsWith("search")));
    }

    @Test
    void nothingIsWrittenToWhereALinkLeads() throws Exception {
        plant(name -> !name.equals("vault.db"), (place, was) -> {
            Files.createSymbolicLink(place, was);
        });

        List<byte[]> before = new ArrayList<>();
        for (String name : List.of("vault.db-wal", "vault.db-shm", "vault.db-journal")) {
            Path copy = store.fresh(folder.resolve("copy"));
            Path outside = Files.write(folder.resolve("outside"), new byte[] {1, 2, 3});
            Files.createSymbolicLink(copy.resolve(name), outside);
            store.judge(copy);
            before.add(Files.readAllBytes(outside));
        }

        before.forEach(
                bytes -> assertEquals(List.of(1, 2, 3), List.of((int) bytes[0], (int) bytes[1], (int) bytes[2])));
    }
}
