package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bit of any file of a store flips, or a file ends early. Whatever opens is what was written; a pack costs one
/// document, the search nothing. `-Dstrongroom.flips=10000` flips so many.
class StoreFlipsIT {
    private static final int FLIPS = Integer.getInteger("strongroom.flips", 120);

    @TempDir
    Path folder;

    @Test
    void aFlippedBitOfAnyFileIsNoticedOrCostsNothing() throws Exception {
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, Integer> met = new TreeMap<>();
        try (KnownStore store = new KnownStore(folder.resolve("store"))) {
            List<Path> files = store.files();
            for (int flip = 0; flip < FLIPS; flip++) {
                Path copy = store.fresh(folder.resolve("copy"));
                // Each kind of file as often as any other.
                String kind = List.of("vault.db", "packs", "search").get(flip % 3);
                List<Path> some = files.stream()
                        .filter(file -> store.folder.relativize(file).startsWith(kind))
                        .toList();
                Path file = copy.resolve(store.folder
                        .relativize(some.get(random.nextInt(some.size())))
                        .toString());
                byte[] bytes = Files.readAllBytes(file);
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);

                judge(store, copy, kind, "flip " + flip + " of seed " + seed, met);
            }
        }
        System.out.println("StoreFlipsIT: -Dstrongroom.seed=" + seed + " " + FLIPS + " flips " + met);
    }

    /// All lengths of a pack and of the files of the search, and those of the database around each sector's border.
    @Test
    void aFileThatEndsEarlyIsNoticedOrCostsNothing() throws Exception {
        int step = FLIPS >= 10_000 ? 1 : 29;
        Map<String, Integer> met = new TreeMap<>();
        try (KnownStore store = new KnownStore(folder.resolve("store"))) {
            for (Path file : store.files()) {
                String name = store.folder.relativize(file).toString();
                String kind = name.replaceAll("/.*", "");
                int size = (int) Files.size(file);
                int length = kind.equals("vault.db") ? 512 * step : step;
                for (int border = 0; border < size; border += length) {
                    for (int end : kind.equals("vault.db") ? List.of(border, border + 1) : List.of(border)) {
                        Path copy = store.fresh(folder.resolve("copy"));
                        byte[] bytes = Files.readAllBytes(file);
                        Files.write(copy.resolve(name), Arrays.copyOf(bytes, end));

                        judge(store, copy, kind + " cut", name + " cut at " + end, met);
                    }
                }
            }
        }
        System.out.println("StoreFlipsIT: lengths " + met);
    }

    private static void judge(KnownStore store, Path copy, String kind, String what, Map<String, Integer> met)
            throws StoreException {
        KnownStore.Verdict verdict;
        try {
            verdict = store.judge(copy, kind.startsWith("search"));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what, e);
        }
        String result = !verdict.why().isEmpty() ? verdict.why() : verdict.isWhole() ? "whole" : "damaged";
        met.merge(kind + " " + result, 1, Integer::sum);
        if (kind.startsWith("search")) {
            assertTrue(verdict.isWhole() && verdict.found(), what + " " + verdict);
        }
        if (kind.equals("packs")) {
            assertTrue(verdict.readable() >= KnownStore.DOCUMENTS - 1, what + " " + verdict);
            assertEquals(
                    KnownStore.DOCUMENTS - verdict.readable(), verdict.damages().size(), what);
        }
    }
}
