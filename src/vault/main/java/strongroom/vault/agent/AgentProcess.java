package strongroom.vault.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import strongroom.vault.home.Home;

/// Starts the agent as a process that outlives its starter.
final class AgentProcess {
    private static final String MODULE = "strongroom.vault";
    private static final String MAIN = "strongroom.vault.agent.AgentMain";
    private static final Path SET_SESSION = Path.of("/usr/bin/setsid");

    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final long RETRY_MILLISECONDS = 20;
    private static final int MOST_STARTS = 5;

    private AgentProcess() {}

    /// Starts an agent and waits until one listens.
    ///
    /// @param givenUp whether the caller still wants it
    static SocketChannel startAndConnect(Home home, String tpmAddress, LocalSocket socket, BooleanSupplier givenUp)
            throws IOException, InterruptedException {
        Process starting = start(home, tpmAddress);
        int starts = 1;
        IOException last = new IOException("no agent listens");
        long until = System.nanoTime() + STARTING.toNanos();
        while (System.nanoTime() - until < 0 && !givenUp.getAsBoolean()) {
            try {
                return socket.connect();
            } catch (IOException e) {
                last = e;
            }
            boolean ended = starting.waitFor(RETRY_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (ended && starts < MOST_STARTS && isFree(home.agentLock())) {
                // It was ended before it could listen, or gave way to one that was about to end.
                starts++;
                starting = start(home, tpmAddress);
            } else if (ended) {
                // Another one holds the lock: it is about to listen.
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLISECONDS);
            }
        }
        throw last;
    }

    /// Whether no agent works for this home. Who asks holds the lock for a moment; an agent that starts in that moment
    /// ends, and is started again.
    private static boolean isFree(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (NoSuchFileException e) {
            // Nobody got as far as that.
            return true;
        }
    }

    /// Starts one more agent; if there is one already it ends at once by itself.
    private static Process start(Home home, String tpmAddress) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SET_SESSION)) {
            // Out of the terminal's group: the key that interrupts the starter must not end the agent.
            command.add(SET_SESSION.toString());
        }
        command.addAll(program());
        command.addAll(List.of("--home", home.folder().toString(), "--tpm", tpmAddress));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(log(home))
                .redirectErrorStream(true);
        // The installed launcher leaves a mark for itself; the agent's launcher would take its own arguments for the
        // JVM's.
        builder.environment().keySet().removeIf(name -> name.startsWith("_JPACKAGE_LAUNCHER"));
        return builder.start();
    }

    /// A home that is being wiped, or was, keeps no log: it would stay behind.
    private static ProcessBuilder.Redirect log(Home home) throws IOException {
        if (Files.exists(home.wipeJournal()) || Files.exists(home.wipeNotice())) {
            return ProcessBuilder.Redirect.DISCARD;
        }
        Files.createDirectories(home.logs());
        return ProcessBuilder.Redirect.appendTo(home.logs().resolve("agent.log").toFile());
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static List<String> program() {
        String launcher = System.getProperty("strongroom.agent.launcher");
        if (launcher != null) {
            return List.of(launcher);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // One document or a thousand: the agent holds a few chunks at a time. No other process reads its memory.
        command.addAll(List.of(
                "-Xms16m",
                "-Xmx96m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+DisableAttachMechanism",
                "-XX:-UsePerfData",
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED"));
        String modules = System.getProperty("jdk.module.path");
        if (modules != null && AgentProcess.class.getModule().isNamed()) {
            command.addAll(List.of("-p", modules, "-m", MODULE + "/" + MAIN));
        } else {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        }
        return command;
    }
}
