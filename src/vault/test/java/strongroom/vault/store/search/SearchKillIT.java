package strongroom.vault.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;

/// A process that indexes is killed at random moments; the index opens as one of its commits, and is soon in step again
/// without being made anew.
class SearchKillIT {
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    @Test
    void theIndexOutlivesEveryKill() throws Exception {
        Random random = new Random(20261125);
        int made = 0;
        Anchor.Point before = null;
        try (SecretBytes key = SecretBytes.random(32, new SecureRandom())) {
            int number = 10;
            for (int kill = 0; kill < KILLS; kill++) {
                number = run(key, number, random);
                EndlessIndexing.State state = new EndlessIndexing.State(folder.resolve("anchor"), number);

                try (SearchIndex index = SearchIndex.open(folder.resolve("search"), key, state, new SecureRandom())) {
                    index.update(state, IndexWatch.NONE);

                    for (int i = 0; i < 400; i += 7) {
                        assertEquals(
                                state.has(i) ? 1 : 0,
                                index.search("document" + i + " in" + state.changed(i) + " ", 5)
                                        .size(),
                                "document " + i + " in state " + number);
                    }
                }
                Anchor.Point now = state.read().orElseThrow();
                made += before == null || before.index().equals(now.index()) ? 0 : 1;
                before = now;
            }
        }
        assertEquals(0, made, "indexes were made anew");
    }

    /// @return the state in which the process was, or may have been
    private int run(SecretBytes key, int number, Random random) throws Exception {
        String hex = key.<String, RuntimeException>use(HexFormat.of()::formatHex);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessIndexing.class.getName(),
                        folder.toString(),
                        hex,
                        "" + number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int last = number;
        try (BufferedReader out = process.inputReader()) {
            assertEquals("ready", out.readLine());
            // The moment is drawn, not awaited: it may fall anywhere. By the handle, which leaves the pipe open.
            if (!process.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = Integer.parseInt(line) + 1;
            }
        }
        assertTrue(last >= number);
        return last;
    }
}
