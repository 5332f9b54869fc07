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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;

/// The disk refuses a write, a sync or a change of length, once or from then on. That is said in the words of the
/// store, costs nothing that was said to be done, and the store opens afterwards. `-Dstrongroom.errors=100` tries
/// so many calls in each way.
class StoreWriteErrorIT {
    private static final int ERRORS = Integer.getInteger("strongroom.errors", 3);
    private static final List<String> WRITES = List.of("write", "pwrite64", "fsync", "ftruncate");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static List<StoreState> states = List.of();
    private static List<Strace.Call> calls = List.of();

    @BeforeAll
    static void watchOneRun() throws Exception {
        Assumptions.assumeTrue(Strace.isThere(), "strace is not here");
        try (SecretBytes key = FaultedStore.rootKey()) {
            states = StoreState.ofEachStep(shared.resolve("scratch"), key);
        }
        calls = Strace.run(Files.createDirectory(shared.resolve("whole")), "--seccomp-bpf", "-y", Strace.WATCHED)
                .calls();
    }

    @Test
    void anErrorOfTheDiskIsSaidAndCostsNothing() throws Exception {
        disturb("EIO", "", some(false));
    }

    @Test
    void errorsOfTheDiskThatDoNotEndAreSaidAndCostNothing() throws Exception {
        disturb("EIO", "+", some(false));
    }

    @Test
    void aDiskThatIsFullForAMomentIsSaidToBeFullAndCostsNothing() throws Exception {
        disturb("ENOSPC", "", some(true));
    }

    @Test
    void aDiskThatStaysFullIsSaidToBeFullAndCostsNothing() throws Exception {
        disturb("ENOSPC", "+", some(true));
    }

    /// The commit stands whole in the log of the database then, and comes true at the next opening.
    @Test
    void aChangeThatCouldNotBeSyncedIsThereWithAllItsChunksOrNotAtAll() throws Exception {
        disturb("EIO", "+", draw(commitsOfChunks()));
    }

    /// @param document whether the first write of a document is among them, of which is told whatever else was drawn:
    /// the others may all be of the kind that may fail without a word, such as those of the last checkpoint
    private static List<Strace.Call> some(boolean document) {
        List<Strace.Call> writes =
                calls.stream().filter(call -> WRITES.contains(call.name())).toList();
        List<Strace.Call> chosen = new ArrayList<>(draw(writes));
        if (document) {
            Strace.Call first = writes.stream()
                    .filter(call -> call.name().equals("write"))
                    .findFirst()
                    .orElseThrow();
            if (!chosen.contains(first)) {
                chosen.add(first);
            }
        }
        return chosen;
    }

    private static List<Strace.Call> draw(List<Strace.Call> from) {
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("StoreWriteErrorIT: -Dstrongroom.seed=" + seed);
        return Strace.choose(from, ERRORS, new Random(seed));
    }

    /// The first sync of the database's log behind each of a pack.
    private static List<Strace.Call> commitsOfChunks() {
        List<Strace.Call> commits = new ArrayList<>();
        boolean synced = false;
        for (Strace.Call call : calls) {
            if (call.name().equals("fsync") && call.text().contains("vault.db-wal")) {
                if (synced) {
                    commits.add(call);
                }
                synced = false;
            }
            synced |= call.name().equals("fsync") && call.text().contains(".pack");
        }
        assertTrue(commits.size() >= 5, commits.toString());
        return commits;
    }

    /// @param on "+" if all calls behind the first one fail, too
    private void disturb(String error, String on, List<Strace.Call> chosen) throws Exception {
        List<Callable<List<String>>> runs = new ArrayList<>();
        for (Strace.Call call : chosen) {
            Path at = Files.createDirectory(folder.resolve(call.name() + " " + call.number()));
            String inject = "inject=" + call.name() + ":error=" + error + ":when=" + call.number() + on;
            runs.add(() -> {
                Strace.Run run = Strace.run(at, "--seccomp-bpf", "-y", Strace.WATCHED, "-e", inject);
                assertEquals("end", run.said().getLast(), inject);
                new FaultedStore(at.resolve("store"), states).check(run.said(), () -> inject + " " + run.said());
                return told(run, call, error, inject);
            });
        }
        Map<String, Integer> told = new TreeMap<>();
        for (List<String> whys : Strace.runAll(runs)) {
            whys.forEach(why -> told.merge(why, 1, Integer::sum));
            if (whys.isEmpty()) {
                told.merge("nothing", 1, Integer::sum);
            }
        }
        assertTrue(told.containsKey(error.equals("EIO") ? "IO" : "DISK_FULL"), told.toString());
        System.out.println("StoreWriteErrorIT: " + error + on + ", " + runs.size() + " runs were told " + told);
    }

    /// What the process was told. A disk that is full says so when it is written to; SQLite and the JDK mostly do not
    /// pass on why a sync or a change of length failed, nor SQLite why it cannot have its index of the log.
    private static List<String> told(Strace.Run run, Strace.Call call, String error, String inject) {
        boolean written = List.of("write", "pwrite64").contains(call.name())
                && !call.text().contains("-shm");
        List<String> allowed = new ArrayList<>(
                error.equals("EIO") ? List.of("IO") : written ? List.of("DISK_FULL") : List.of("DISK_FULL", "IO"));
        List<String> whys = run.said().stream()
                .filter(line -> line.startsWith("failed"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
        assertTrue(allowed.containsAll(whys), () -> inject + " " + run.said());
        return whys;
    }
}
