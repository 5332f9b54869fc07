package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;

/// The power fails at any moment of a store's life, and the disk had not yet written what it was not made to. What the
/// store had said to be done is there. `-Dstrongroom.losses=1000` lets it fail so often.
class PowerLossIT {
    private static final int LOSSES = Integer.getInteger("strongroom.losses", 50);

    @TempDir
    Path folder;

    private List<StoreState> states;
    private List<DiskEvent> events;
    private Path recorded;

    @BeforeEach
    void record() throws Exception {
        Assumptions.assumeTrue(Strace.isThere(), "strace is not here");
        try (SecretBytes key = FaultedStore.rootKey()) {
            states = StoreState.ofEachStep(folder.resolve("scratch"), key);
        }
        recorded = Files.createDirectory(folder.resolve("recorded"));
        Strace.Run run = Strace.run(recorded, DiskRecording.OPTIONS);
        assertEquals("end", run.said().getLast());
        events = DiskRecording.read(recorded.resolve("log"), recorded);
    }

    @Test
    void theRecordingMakesTheSameFilesAgain() throws Exception {
        SimulatedDisk disk = new SimulatedDisk(recorded);
        events.forEach(disk::take);
        Path copy = folder.resolve("copy");
        disk.loseAll(copy);

        Path store = recorded.resolve("store");
        try (var files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path again = copy.resolve("store").resolve(store.relativize(file));
                assertEquals(-1, Files.mismatch(file, again), file.toString());
            }
        }
    }

    @Test
    void whatWasSaidToBeDoneOutlivesALossOfPower() throws Exception {
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("PowerLossIT: -Dstrongroom.seed=" + seed);
        for (int loss = 0; loss < LOSSES; loss++) {
            Random random = new Random(seed + loss);
            int cut = random.nextInt(events.size() + 1);
            Path after = folder.resolve("after" + loss);
            List<String> said = lose(cut, -1, after, random);
            String what = "loss " + loss + " of seed " + seed + ", at " + cut + " of " + events.size();

            new FaultedStore(after.resolve("store"), states).check(said, () -> what);
        }
    }

    @Test
    void aDiskThatDoesNotWriteWhenItIsMadeToIsNoticed() throws Exception {
        int syncs = 0;
        int noticed = 0;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof DiskEvent.SyncedFile || events.get(i) instanceof DiskEvent.SyncedFolder) {
                int cut = i;
                while (cut < events.size() && !(events.get(cut) instanceof DiskEvent.Said)) {
                    cut++;
                }
                Path after = folder.resolve("after" + i);
                List<String> said = lose(Math.min(cut + 1, events.size()), i, after, null);
                syncs++;
                noticed += isSound(after.resolve("store"), said) ? 0 : 1;
            }
        }
        System.out.println("PowerLossIT: " + noticed + " of " + syncs + " syncs are missed at once if they do nothing");
        assertTrue(noticed > 0);
    }

    private boolean isSound(Path store, List<String> said) throws Exception {
        try {
            new FaultedStore(store, states).check(said, () -> "");
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /// @param ignored number of an event that is left out @param random null: all is lost that was not synced
    /// @return what had been said
    private List<String> lose(int cut, int ignored, Path after, @Nullable Random random) throws Exception {
        SimulatedDisk disk = new SimulatedDisk(recorded);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < cut; i++) {
            if (i != ignored) {
                disk.take(events.get(i));
            }
            if (events.get(i) instanceof DiskEvent.Said line) {
                said.add(line.line());
            }
        }
        if (random == null || random.nextInt(4) == 0) {
            disk.loseAll(after);
        } else {
            disk.loseSome(after, random.nextBoolean() ? 512 : 4096, random);
        }
        return said;
    }
}
