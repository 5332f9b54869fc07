package strongroom.vault.seal.keystore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A session bus and a keyring daemon of our own, ended and deleted when closed. The bus starts nothing by itself,
/// so that a daemon that has ended stays gone.
final class GnomeKeyring implements AutoCloseable {
    private static final String PASSWORD = "a password of the test";
    private static final String BUS = """
            <busconfig>
              <type>session</type>
              <listen>unix:dir=%s</listen>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
              </policy>
            </busconfig>
            """;

    private final Path folder = Files.createTempDirectory("keyring");
    private final Process bus;
    private final String address;
    private Process daemon;

    GnomeKeyring() throws IOException, InterruptedException {
        for (String program : List.of("dbus-daemon", "gnome-keyring-daemon", "gdbus")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin", program)), () -> program + " is not installed");
        }
        Path configuration = Files.writeString(folder.resolve("bus.conf"), BUS.formatted(folder));
        bus = new ProcessBuilder("dbus-daemon", "--config-file=" + configuration, "--nofork", "--print-address")
                .redirectError(folder.resolve("bus.log").toFile())
                .start();
        address = new BufferedReader(new InputStreamReader(bus.getInputStream(), StandardCharsets.UTF_8)).readLine();
        daemon = startDaemon();
    }

    String address() {
        return address;
    }

    /// Locks the collection that holds everything.
    void lock() throws IOException, InterruptedException {
        call("org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']");
    }

    /// As signing in anew does.
    void unlock() throws IOException, InterruptedException {
        endDaemon();
        restartDaemon();
    }

    /// Ends the daemon; the bus stays.
    void endDaemon() throws InterruptedException {
        daemon.destroy();
        daemon.waitFor();
    }

    void restartDaemon() throws IOException, InterruptedException {
        daemon = startDaemon();
    }

    private Process startDaemon() throws IOException, InterruptedException {
        Process started = withPassword("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets");
        call("org.freedesktop.DBus.Peer.Ping");
        return started;
    }

    private Process withPassword(String... command) throws IOException {
        Process process = environment(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("daemon.log").toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(PASSWORD.getBytes(StandardCharsets.US_ASCII));
        }
        return process;
    }

    private void call(String method, String... arguments) throws IOException, InterruptedException {
        environment(new ProcessBuilder("gdbus", "wait", "--session", "--timeout", "20", "org.freedesktop.secrets"))
                .start()
                .waitFor();
        List<String> command = Stream.concat(
                        Stream.of(
                                "gdbus",
                                "call",
                                "--session",
                                "--dest",
                                "org.freedesktop.secrets",
                                "--object-path",
                                "/org/freedesktop/secrets",
                                "--method",
                                method),
                        Stream.of(arguments))
                .toList();
        Process process = environment(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(method + ": " + said);
        }
    }

    private ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        builder.environment().remove("XDG_DATA_HOME");
        builder.environment().remove("GNOME_KEYRING_CONTROL");
        return builder;
    }

    @Override
    public void close() throws IOException {
        for (Process process : List.of(daemon, bus)) {
            process.destroy();
            process.onExit()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly())
                    .join();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
