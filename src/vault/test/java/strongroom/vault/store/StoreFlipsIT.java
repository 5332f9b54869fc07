package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /// Lengths of a pack and of the files of the search, and those of the database around the borders of sectors: none,
    /// and from a drawn one on each of so many; all of them where flips are asked for by the ten thousand.
    @Test
    void aFileThatEndsEarlyIsNoticedOrCostsNothing() throws Exception {
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, Integer> met = new TreeMap<>();
        try (KnownStore store = new KnownStore(folder.resolve("store"))) {
            for (Path file : store.files()) {
                String name = store.folder.relativize(file).toString();
                boolean database = name.startsWith("vault.db");
                int size = (int) Files.size(file);
                Set<Integer> ends = new TreeSet<>(Set.of(0));
                int unit = database ? 512 : 1;
                int step = FLIPS >= 10_000 ? 1 : database ? 29 : 101;
                for (int border = random.nextInt(step) * unit; border < size; border += step * unit) {
                    ends.add(border);
                    ends.add(database ? border + 1 : border);
                }
                byte[] bytes = Files.readAllBytes(file);
                for (int end : ends) {
                    Path copy = store.fresh(folder.resolve("copy"));
                    Files.write(copy.resolve(name), Arrays.copyOf(bytes, end));

                    String what = name + " cut at " + end + " by seed " + seed;
                    judge(store, copy, name.replaceAll("/.*", "") + " cut", what, met);
                }
            }
        }
        System.out.println("StoreFlipsIT: -Dstrongroom.seed=" + seed + " lengths " + met);
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
