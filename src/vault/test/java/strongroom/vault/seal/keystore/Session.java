package strongroom.vault.seal.keystore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A session bus and a home folder of our own, ended and deleted when closed. This process is in that session
/// as long as it is open. The bus starts nothing by itself, so that a daemon that has ended stays gone.
final class Session implements AutoCloseable {
    /// dbus-java takes the address of the bus from this property before it looks at the environment.
    private static final String BUS_PROPERTY = "DBUS_SESSION_BUS_ADDRESS";

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

    Session() throws IOException {
        require("dbus-daemon", "gdbus");
        Path configuration = Files.writeString(folder.resolve("bus.conf"), BUS.formatted(folder));
        bus = new ProcessBuilder("dbus-daemon", "--config-file=" + configuration, "--nofork", "--print-address")
                .redirectError(folder.resolve("bus.log").toFile())
                .start();
        address = new BufferedReader(new InputStreamReader(bus.getInputStream(), StandardCharsets.UTF_8)).readLine();
        System.setProperty(BUS_PROPERTY, address);
    }

    /// Aborts the tests if a program of the system is missing.
    static void require(String... programs) {
        for (String program : programs) {
            Assumptions.assumeTrue(isInstalled(program), () -> program + " is not installed");
        }
    }

    static boolean isInstalled(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    /// The home of whoever has this session.
    Path folder() {
        return folder;
    }

    /// A process of this session. @param log name of a file in the folder, for what it says
    ProcessBuilder process(String log, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        builder.environment().put("QT_QPA_PLATFORM", "offscreen");
        for (String elsewhere : List.of("XDG_DATA_HOME", "XDG_CONFIG_HOME", "GNOME_KEYRING_CONTROL", "DISPLAY")) {
            builder.environment().remove(elsewhere);
        }
        return builder;
    }

    /// Waits until somebody has a name.
    void await(String name) throws IOException, InterruptedException {
        gdbus(List.of("wait", "--session", "--timeout", "20", name));
    }

    /// Calls a method as another program.
    void call(String name, String path, String method, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("call", "--session", "--dest", name, "--object-path", path, "--method", method));
        words.addAll(List.of(arguments));
        gdbus(words);
    }

    private void gdbus(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gdbus"));
        command.addAll(words);
        Process process = process("gdbus.log", command.toArray(String[]::new))
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(words + ": " + said);
        }
    }

    static void end(Process process) {
        process.destroy();
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    @Override
    public void close() throws IOException {
        System.clearProperty(BUS_PROPERTY);
        end(bus);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
