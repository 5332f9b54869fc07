package strongroom.vault.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.Standstill;

/// A process that indexes is killed at random moments; the index opens as one of its commits, and is soon in step again
/// without being made anew. On its way there it is stopped at other such moments, and what lies on the disk then is
/// looked at as if it had been killed. `-Dstrongroom.kills=100` kills so many.
class SearchKillIT {
    private static final int KILLS = Integer.getInteger("strongroom.kills", 8);
    private static final int STOPS = Standstill.isPossible() ? 2 : 0;
    private static final int LONGEST_WAIT = 400;

    @TempDir
    Path folder;

    private @Nullable Id made; // what the last kill left
    private int looks;

    @Test
    void theIndexOutlivesEveryKill() throws Exception {
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("SearchKillIT: -Dstrongroom.seed=" + seed);
        Random random = new Random(seed);
        Path home = Files.createDirectory(folder.resolve("home"));
        try (SecretBytes key = SecretBytes.random(32, new SecureRandom())) {
            int number = 10;
            for (int kill = 0; kill < KILLS; kill++) {
                number = run(home, key, number, random);
                made = isInStep(home, key, number);
            }
        }
        assertEquals(KILLS * (STOPS + 1), looks);
    }

    /// @return the index that there is now
    private Id isInStep(Path home, SecretBytes key, int number) throws Exception {
        looks++;
        EndlessIndexing.State state = new EndlessIndexing.State(home.resolve("anchor"), number);
        Optional<Id> before = state.read().map(Anchor.Point::index);
        try (SearchIndex index = SearchIndex.open(home.resolve("search"), key, state, new SecureRandom())) {
            index.update(state, IndexWatch.NONE);
            for (int i = 0; i < 400; i += 7) {
                assertEquals(
                        state.has(i) ? 1 : 0,
                        index.search("document" + i + " in" + state.changed(i) + " ", 5)
                                .size(),
                        "document " + i + " in state " + number);
            }
        }
        Id now = state.read().orElseThrow().index();
        assertEquals(before.orElse(now), now, "the index was made anew");
        assertEquals(made == null ? now : made, now, "the index was made anew by the process");
        return now;
    }

    /// @return the state in which the process was, or may have been
    private int run(Path home, SecretBytes key, int number, Random random) throws Exception {
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
                        home.toString(),
                        hex,
                        "" + number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int last = number;
        try (BufferedReader out = process.inputReader()) {
            assertEquals("ready", out.readLine());
            for (int stop = 0; stop < STOPS; stop++) {
                // The moment is drawn, not awaited: it may fall anywhere.
                assertFalse(process.waitFor(random.nextInt(LONGEST_WAIT), TimeUnit.MILLISECONDS), "it ended by itself");
                try (Standstill _ = Standstill.of(process)) {
                    while (out.ready()) {
                        last = Integer.parseInt(out.readLine()) + 1;
                    }
                    isInStep(copyOf(home), key, last);
                }
            }
            // By the handle, which leaves the pipe open.
            if (!process.waitFor(random.nextInt(LONGEST_WAIT), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = Integer.parseInt(line) + 1;
            }
        } finally {
            process.destroyForcibly();
        }
        assertTrue(last >= number);
        return last;
    }

    private Path copyOf(Path home) throws Exception {
        Path copy = folder.resolve("copy" + looks);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(home.relativize(file).toString()));
            }
        }
        return copy;
    }
}
