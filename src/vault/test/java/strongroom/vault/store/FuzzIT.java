package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Jazzer looks for bytes that a parser of the store does not bear. `-Dstrongroom.fuzz=60` gives it so many seconds for
/// each; without that it only shows that it finds what is there to be found. Each runs in a process of its own: it
/// instruments what it loads.
class FuzzIT {
    private static final int SECONDS = Integer.getInteger("strongroom.fuzz", 0);
    private static final int FOUND = 77;

    @TempDir
    Path folder;

    @Test
    void aPlantedBugIsFound() throws Exception {
        assertEquals(FOUND, fuzz("planted", List.of(), 60), this::output);
        assertTrue(output().contains("ArrayIndexOutOfBoundsException"), this::output);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsFoundInTheParsersOfTheStore(StoredBytes parser) throws Exception {
        Assumptions.assumeTrue(SECONDS > 0, "-Dstrongroom.fuzz=SECONDS");
        assertEquals(0, fuzz(parser.name(), parser.samples(), SECONDS), this::output);
    }

    private int fuzz(String parser, List<byte[]> samples, int seconds) throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (int i = 0; i < samples.size(); i++) {
            Files.write(corpus.resolve("sample" + i), samples.get(i));
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzTarget.class.getName(),
                        "--target_args=" + parser,
                        "--instrumentation_includes=strongroom.**",
                        // It takes the temporary files of the parsers for those of somebody who walked out of a folder.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
                        "-max_total_time=" + seconds,
                        "-rss_limit_mb=4096",
                        corpus.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            assertTrue(process.waitFor(seconds + 120L, TimeUnit.SECONDS), this::output);
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
