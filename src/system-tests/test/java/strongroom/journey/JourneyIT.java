package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The journey that the demo shows, as a test: the same steps, the same real parts.
class JourneyIT {
    @Test
    void theWholeJourneyHoldsAndLeavesNothingInClear() throws IOException, InterruptedException {
        Path folder = TempFolder.make();
        Path pictures = Path.of("target", "demo");
        try {
            new Journey(folder, pictures, null, new PrintStream(System.out, true, StandardCharsets.UTF_8)).play();
            windowsLogWarningsOfOursAlone(folder);
        } finally {
            TempFolder.remove(folder);
        }

        assertTrue(Files.exists(pictures.resolve("journey.json")));
        try (Stream<Path> files = Files.list(pictures)) {
            assertTrue(files.filter(file -> file.toString().endsWith(".png")).count() >= 9);
        }
    }

    /// What a window writes to its standard error a desktop keeps in a log. With the settings of the JDK there would be
    /// what libraries say, and what the rehearsal of an unlock meets.
    private static void windowsLogWarningsOfOursAlone(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> logs = files.filter(file -> file.endsWith("window.log")).toList();
            assertEquals(2, logs.size());
            for (Path log : logs) {
                assertEquals(
                        List.of(),
                        Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                                .filter(line -> line.startsWith("INFO:") || line.startsWith("WARNING:"))
                                .toList());
            }
        }
    }
}
