package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;

/// A process is killed at each call by which it changes a file of its store; what it had said to be done is there, and
/// the store is sound. `-Dstrongroom.kills=200` kills at so many calls, a larger number than there are at all of them.
class StoreKilledAtEachCallIT {
    private static final int KILLS = Integer.getInteger("strongroom.kills", 16);

    @TempDir
    Path folder;

    @Test
    void whatWasSaidToBeDoneOutlivesAKillAtEachCall() throws Exception {
        Assumptions.assumeTrue(Strace.isThere(), "strace is not here");
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("StoreKilledAtEachCallIT: -Dstrongroom.seed=" + seed);
        List<StoreState> states;
        try (SecretBytes key = FaultedStore.rootKey()) {
            states = StoreState.ofEachStep(folder.resolve("scratch"), key);
        }
        Strace.Run whole = Strace.run(Files.createDirectory(folder.resolve("whole")), "-y", Strace.WATCHED);
        assertEquals("end", whole.said().getLast());
        List<Strace.Call> points = Strace.choose(whole.calls(), KILLS, new Random(seed));

        List<Callable<String>> kills = new ArrayList<>();
        for (Strace.Call point : points) {
            Path at = Files.createDirectory(folder.resolve(point.name() + " " + point.number()));
            String inject = "inject=" + point.name() + ":signal=KILL:when=" + point.number();
            kills.add(() -> {
                Strace.Run run = Strace.run(at, "-y", Strace.WATCHED, "-e", inject);
                new FaultedStore(at.resolve("store"), states).check(run.said(), () -> inject);
                return run.killed() ? run.calls().getLast().name() : "ran to its end";
            });
        }
        Map<String, Long> met = new TreeMap<>(
                Strace.runAll(kills).stream().collect(Collectors.groupingBy(name -> name, Collectors.counting())));
        System.out.println("StoreKilledAtEachCallIT: " + points.size() + " of "
                + whole.calls().size() + " calls: " + met);
        assertTrue(met.getOrDefault("ran to its end", 0L) * 10 <= points.size(), met.toString());
    }
}
