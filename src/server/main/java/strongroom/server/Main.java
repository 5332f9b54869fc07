package strongroom.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import strongroom.server.files.PrivateFiles;

/// The program `strongroom-server`.
@Command(
        name = "strongroom-server",
        description = "Sync server, orders and administration of Strongroom.",
        mixinStandardHelpOptions = true,
        version = "strongroom-server 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    private Main() {}

    /// Runs one command and ends the process with its code: 0 done, 1 not done, 2 not understood.
    public static void main(String[] args) throws IOException {
        configureLog();
        System.exit(run(args));
    }

    /// One line an entry, warnings only from the libraries; an operator's own configuration goes first.
    private static void configureLog() throws IOException {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream configuration = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(configuration);
        }
    }

    /// Runs one command on the standard streams of this process, which goes on unless it serves. @return the exit code
    public static int run(String... args) {
        Main main = new Main();
        return new CommandLine(main)
                .addSubcommand(
                        "admin",
                        new CommandLine(new AdminCommands(main.clock, main.random))
                                .addSubcommand(new RecoverCommand(main.clock, main.random))
                                .addSubcommand(new RecoveryCommands(main.clock, main.random)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr()
                            .println(
                                    failure instanceof NoSuchFileException
                                            ? "There is no file " + failure.getMessage()
                                            : failure.getMessage());
                    return 1;
                })
                .execute(args);
    }

    @Command(description = "Make an organisation: its root, its first administrator and its server.")
    int init(
            @Option(names = "--home", required = true, description = "The server's folder, made new.") Path home,
            @Option(names = "--admin", required = true, description = "The administrator's folder, made new.")
                    Path admin,
            @Option(names = "--organisation", required = true, description = "Its name, as people read it.")
                    String organisation,
            @Option(names = "--host", required = true, split = ",", description = "Names of the server's machine.")
                    List<String> hosts,
            @Option(names = "--administrator", defaultValue = "Administrator", description = "Your name.")
                    String administrator,
            @Option(names = "--device-port", defaultValue = "8443") int devicePort,
            @Option(names = "--admin-port", defaultValue = "8444") int adminPort)
            throws IOException {
        new NewOrganisation(organisation, administrator, hosts, devicePort, adminPort)
                .create(home, admin, clock, random);
        System.out.println("Organisation \"" + organisation + "\" is ready.");
        System.out.println("Now move " + admin.resolve("root.key") + " and " + admin.resolve("reserve.key"));
        System.out.println("to a medium that is not connected to anything, and keep a copy in another place.");
        System.out.println("Who has root.key is the organisation; who loses it cannot make administrators.");
        return 0;
    }

    @Command(description = "Run the server until it is told to stop.")
    int serve(
            @Option(names = "--home", required = true, description = "The server's folder.") Path home,
            @Option(names = "--device-port", description = "Instead of the configured one; 0 for any that is free.")
                    @Nullable
                    Integer devicePort,
            @Option(names = "--admin-port", description = "Instead of the configured one; 0 for any that is free.")
                    @Nullable
                    Integer adminPort,
            @Option(names = "--ready-file", description = "Written when both ports are open.") @Nullable Path readyFile)
            throws IOException, InterruptedException {
        ServerConfig config = ServerConfig.read(new ServerHome(home).config());
        RunningServer server = RunningServer.start(
                home,
                devicePort == null ? config.devicePort() : devicePort,
                adminPort == null ? config.adminPort() : adminPort,
                clock,
                random);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        String ports = "device=" + server.devicePort() + " admin=" + server.adminPort();
        System.out.println("strongroom-server is ready: " + ports);
        if (readyFile != null) {
            PrivateFiles.write(readyFile.toAbsolutePath(), (ports + "\n").getBytes(StandardCharsets.UTF_8));
        }
        // SIGTERM and SIGINT run the hook, which closes the server, and then end the process.
        new CountDownLatch(1).await();
        return 0;
    }
}
