package strongroom.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/// A real server from this build's class path, of an organisation that ends with the test.
final class ThrowawayServer implements AutoCloseable {
    private static final Pattern ADMIN_PORT = Pattern.compile("admin=(\\d+)");

    private final Path folder;
    private final Process process;
    private final String url;

    private ThrowawayServer(Path folder, Process process, String url) {
        this.folder = folder;
        this.process = process;
        this.url = url;
    }

    static ThrowawayServer start(Path folder) throws IOException, InterruptedException {
        run(folder, "init", "--home", "server", "--admin", "admin", "--organisation", "Test", "--host", "localhost");
        Path log = folder.resolve("server.log");
        Path ready = folder.resolve("ready");
        List<String> serve =
                java("serve", "--home", "server", "--device-port", "0", "--admin-port", "0", "--ready-file", "ready");
        Process process = new ProcessBuilder(serve)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(2)) {
            var port = ADMIN_PORT.matcher(Files.exists(ready) ? Files.readString(ready) : "");
            if (port.find()) {
                return new ThrowawayServer(folder, process, "https://localhost:" + port.group(1));
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        process.destroyForcibly();
        throw new AssertionFailedError("The server did not start: " + Files.readString(log));
    }

    String url() {
        return url;
    }

    /// A code with which one device of a person may enrol.
    String codeFor(String person) throws IOException, InterruptedException {
        return run(folder, "admin", "enrol-code", "--admin", "admin", "--server", url, person)
                .lines()
                .findFirst()
                .orElse("");
    }

    private static String run(Path folder, String... words) throws IOException, InterruptedException {
        Command command = Command.run(folder, Duration.ofMinutes(2), Map.of(), java(words));
        if (command.exitCode() != 0) {
            throw new AssertionFailedError("The server's command line refused: " + command.output());
        }
        return command.output();
    }

    private static List<String> java(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "strongroom.server.Main"));
        command.addAll(List.of(words));
        return command;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
