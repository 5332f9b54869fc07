package strongroom.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/// A program of the system that runs and ends. Any thread.
///
/// @param exitCode what it returned
/// @param output both of its streams
record Command(int exitCode, String output) {
    /// Runs a program in a folder; one that takes longer is ended.
    static Command run(Path folder, Duration limit, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        return run(folder, limit, environment, words, "");
    }

    /// The same with something to read on standard input.
    static Command run(Path folder, Duration limit, Map<String, String> environment, List<String> words, String input)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionFailedError("%s did not end within %s".formatted(words, limit));
        }
        return new Command(process.exitValue(), output.join());
    }

    /// Runs a program that must succeed and returns what it printed.
    static String output(String... words) throws IOException, InterruptedException {
        Command command = run(Path.of("/"), Duration.ofMinutes(3), Map.of(), List.of(words));
        if (command.exitCode() != 0) {
            throw new AssertionFailedError(
                    "%s returned %d: %s".formatted(List.of(words), command.exitCode(), command.output()));
        }
        return command.output();
    }
}
