package strongroom.vault.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import strongroom.vault.home.Home;
import strongroom.vault.platform.ProcessHardening;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.store.Exchange;

/// The agent's program: `--home DIR --tpm ADDRESS`. Without a home, as the desktop starts it at login, it takes the
/// person's own, if there is anything in it to work for. There is one for each home; another one ends at once, well.
public final class AgentMain {
    private static final int USAGE = 2;
    private static final Set<String> OPTIONS = Set.of("--home", "--tpm");

    private AgentMain() {}

    /// Runs the agent of one home until it is told to end, or the home is gone.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProcessHardening.apply();
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        Map<String, String> options = options(arguments);
        if (arguments.length % 2 != 0 || !OPTIONS.containsAll(options.keySet())) {
            System.err.println("usage: [--home DIR] [--tpm ADDRESS]");
            System.exit(USAGE);
            return;
        }
        String folder = options.get("--home");
        Home home = folder == null ? Home.ofThisUser() : new Home(Path.of(folder));
        if (!Files.isDirectory(home.folder()) || (folder == null && isIdle(home))) {
            return;
        }
        try (FileChannel channel =
                        FileChannel.open(home.agentLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                run(home, TpmAddress.parse(options.getOrDefault("--tpm", "auto")));
            }
        }
        // Threads that still wait for the network must not keep the process.
        System.exit(0);
    }

    /// Whether nobody has enrolled here and nothing is left to finish.
    private static boolean isIdle(Home home) {
        return !Files.isDirectory(home.identity()) && !Files.exists(home.wipeJournal());
    }

    private static void run(Home home, TpmAddress tpm) throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        try (Agent agent = new Agent(
                home,
                new MachineSealers(tpm, random),
                of -> Exchange.open(of.store(), random),
                Clock.systemUTC(),
                random)) {
            agent.run();
        }
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
