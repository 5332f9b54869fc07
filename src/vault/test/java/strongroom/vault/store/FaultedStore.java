package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import strongroom.vault.crypto.SecretBytes;

/// What is asked of a store after {@link ScriptedProcess} was disturbed: it opens, is sound, shows the state before or
/// after the step that was under way, and the rest of the script goes well.
final class FaultedStore {
    private final Path folder;
    private final List<StoreState> states;

    /// @param states see {@link StoreState#ofEachStep}
    FaultedStore(Path folder, List<StoreState> states) {
        this.folder = folder;
        this.states = states;
    }

    static SecretBytes rootKey() {
        return SecretBytes.ofAndZero(HexFormat.of().parseHex(Strace.ROOT_KEY));
    }

    /// @param said the output of the process
    void check(List<String> said, Supplier<String> what) throws Exception {
        int done = last(said, "done ");
        int begun = Math.max(Math.max(0, done), last(said, "begin "));
        try (SecretBytes key = rootKey();
                FaultScript.Stage stage = open(key, done)) {
            assertEquals(List.of(), stage.store().verify(true, VerifyWatch.NONE).damages(), what);
            StoreState found = StoreState.of(stage);
            // In between are steps that were told to have failed, and had happened all the same.
            int at = Math.max(0, done)
                    + states.subList(Math.max(0, done), begun + 1).indexOf(found);
            assertTrue(at >= Math.max(0, done), () -> what.get() + ": after " + done + " there is " + found);
            for (FaultScript.Step step : FaultScript.STEPS.subList(at, FaultScript.STEPS.size())) {
                step.run(stage);
            }
            assertEquals(states.getLast(), StoreState.of(stage), what);
            assertEquals(List.of(), stage.store().verify(true, VerifyWatch.NONE).damages(), what);
            // The first exchange after an opening removes what a crash left.
            stage.store().applyIncoming();
            assertEquals(packsThatCount(), packs(), what);
        } catch (StoreException e) {
            throw new AssertionError(what.get() + " after step " + done, e);
        }
    }

    private FaultScript.Stage open(SecretBytes key, int done) throws StoreException {
        try {
            return FaultScript.Stage.open(folder, key);
        } catch (StoreException e) {
            // Nobody was told that there is a store; it is begun again.
            if (done >= 0 || e.why() != StoreException.Why.NOT_FOUND) {
                throw e;
            }
            return FaultScript.createAgain(folder, key);
        }
    }

    private long packs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("packs"))) {
            return files.count();
        }
    }

    private long packsThatCount() throws StoreException {
        try (Database database = Database.open(folder)) {
            return database.read(Places::packs).size();
        }
    }

    private static int last(List<String> said, String word) {
        return said.stream()
                .filter(line -> line.startsWith(word))
                .mapToInt(line -> Integer.parseInt(line.substring(word.length())))
                .max()
                .orElse(-1);
    }
}
