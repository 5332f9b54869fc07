package strongroom.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A session bus and a keyring of our own: a person's session whose keyring can be locked, can die and can be another
/// one. The bus starts nothing by itself, so that a daemon that was ended stays gone.
final class KeyringDaemon implements AutoCloseable {
    /// The environment of a session without one.
    static final Map<String, String> NONE = Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");

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

    private final Path folder;
    private final Path log;
    private final Child bus;
    private final Map<String, String> environment;
    private Desktop desktop;
    private Child daemon;

    private KeyringDaemon(Path folder, Path log, Child bus, String address, Desktop desktop)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.log = log;
        this.bus = bus;
        this.environment = Map.of(
                "DBUS_SESSION_BUS_ADDRESS",
                address,
                "HOME",
                folder.toString(),
                "XDG_RUNTIME_DIR",
                folder.toString(),
                "XDG_CONFIG_HOME",
                folder.resolve("config").toString(),
                "XDG_DATA_HOME",
                folder.resolve("data").toString(),
                "QT_QPA_PLATFORM",
                "offscreen");
        this.desktop = desktop;
        this.daemon = startDaemon();
    }

    /// @param folder for the keyring's files; short enough for a socket's path
    static KeyringDaemon start(Path folder) throws IOException, InterruptedException {
        return start(folder, Desktop.GNOME);
    }

    static KeyringDaemon start(Path folder, Desktop desktop) throws IOException, InterruptedException {
        require("dbus-daemon", "gdbus", desktop.daemon());
        Path log = folder.resolve("keyring.log");
        Path configuration = Files.writeString(folder.resolve("bus.conf"), BUS.formatted(folder));
        Child bus = Child.dialogue(
                "dbus-daemon",
                log,
                Map.of(),
                List.of("dbus-daemon", "--config-file=" + configuration, "--nofork", "--print-address"));
        String address = new BufferedReader(
                        new InputStreamReader(bus.process().getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (address == null) {
            throw new IOException("the session bus did not start; see " + log);
        }
        try {
            return new KeyringDaemon(folder, log, bus, address, desktop);
        } catch (IOException | InterruptedException e) {
            bus.close();
            throw e;
        }
    }

    private static void require(String... programs) {
        for (String program : programs) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin", program)), () -> program + " is not installed");
        }
    }

    /// What makes a process part of this session.
    Map<String, String> environment() {
        return environment;
    }

    /// As a screen lock or the person does.
    void lock() throws IOException, InterruptedException {
        desktop.lock(this::call);
    }

    /// As signing in anew does.
    void unlock() throws IOException, InterruptedException {
        end();
        daemon = startDaemon();
    }

    /// As signing in anew does where the person chose another desktop.
    void change(Desktop other) throws IOException, InterruptedException {
        require(other.daemon());
        end();
        desktop = other;
        daemon = startDaemon();
    }

    /// As somebody does who starts anew with an empty keyring.
    void forgetEverything() throws IOException, InterruptedException {
        end();
        try (Stream<Path> files = Files.walk(folder.resolve(desktop.files()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        daemon = startDaemon();
    }

    /// Ends the daemon; the bus stays.
    void end() {
        daemon.close();
    }

    private Child startDaemon() throws IOException, InterruptedException {
        Child started = Child.dialogue(desktop.daemon(), log, environment, desktop.command());
        try {
            desktop.open(started.process(), this::call);
            return started;
        } catch (IOException | InterruptedException e) {
            started.close();
            throw e;
        }
    }

    private void call(String service, String path, String method, String... arguments)
            throws IOException, InterruptedException {
        gdbus(List.of("wait", "--session", "--timeout", "20", service));
        List<String> words = new ArrayList<>(
                List.of("call", "--session", "--dest", service, "--object-path", path, "--method", method));
        words.addAll(List.of(arguments));
        if (gdbus(words) != 0) {
            throw new IOException(method + " failed; see " + log);
        }
    }

    private int gdbus(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gdbus"));
        command.addAll(words);
        try (Child call = Child.start("gdbus", log, environment, command)) {
            return call.await(60);
        }
    }

    @Override
    public void close() {
        CommandHost.end(environment);
        daemon.close();
        bus.close();
    }
}
