package strongroom.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program in a process of its own, as an operator runs it.
final class ServerProcess implements AutoCloseable {
    private static final Pattern PORTS = Pattern.compile("device=([0-9]+) admin=([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final Process process;
    final int devicePort;
    final int adminPort;

    private ServerProcess(Process process, int devicePort, int adminPort) {
        this.process = process;
        this.devicePort = devicePort;
        this.adminPort = adminPort;
    }

    static ProcessBuilder command(Path output, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        File file = output.toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
    }

    /// Starts `serve` on any ports and waits until it is ready.
    static ServerProcess serve(Path home, Path directory) throws IOException, InterruptedException {
        Path ready = directory.resolve("ready");
        Files.deleteIfExists(ready);
        Path output = directory.resolve("serve.log");
        Process process = command(
                        output,
                        "serve",
                        "--home",
                        home.toString(),
                        "--device-port",
                        "0",
                        "--admin-port",
                        "0",
                        "--ready-file",
                        ready.toString())
                .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(ready)) {
            // The process is what is waited for: it ends at once if it cannot start.
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("the server did not start: " + Files.readString(output));
            }
        }
        Matcher ports = PORTS.matcher(Files.readString(ready));
        if (!ports.find()) {
            throw new AssertionError("the ready file says " + Files.readString(ready));
        }
        return new ServerProcess(process, Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
