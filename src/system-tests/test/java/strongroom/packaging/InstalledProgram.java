package strongroom.packaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/// The installed window, started by its command as a new person of this machine would. Closing ends it and what it
/// started, each by its id.
final class InstalledProgram implements AutoCloseable {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so(?:\\.\\d+)*)$", Pattern.MULTILINE);

    private final Process process;
    private final Path log;

    private InstalledProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static InstalledProgram start(String command, Path home) throws IOException {
        Path log = home.resolve("program.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment(home));
        return new InstalledProgram(builder.start(), log);
    }

    /// A home of its own, also for Java, which takes the home from the user's entry and not from HOME.
    static Map<String, String> environment(Path home) {
        return Map.of(
                "HOME", home.toString(),
                "XDG_DATA_HOME", home.resolve(".local/share").toString(),
                "XDG_CONFIG_HOME", home.resolve(".config").toString(),
                "XDG_CACHE_HOME", home.resolve(".cache").toString(),
                "JAVA_TOOL_OPTIONS", "-Duser.home=" + home + " -Djava.io.tmpdir=" + home);
    }

    /// Waits until the window can be seen.
    void awaitWindow() throws IOException, InterruptedException {
        Command search = Command.run(
                Path.of("/"),
                Duration.ofMinutes(2),
                Map.of(),
                List.of("xdotool", "search", "--sync", "--onlyvisible", "--name", "^Strongroom"));
        String window = search.output().lines().findFirst().orElse("");
        if (search.exitCode() != 0 || !process.isAlive()) {
            throw new AssertionFailedError("no window appeared: " + Files.readString(log));
        }
        String about = Command.output("xwininfo", "-id", window);
        assertTrue(about.contains("IsViewable"), about);
        assertTrue(Integer.parseInt(about.replaceAll("(?s).*Width: (\\d+).*", "$1")) > 300, about);
    }

    /// The native libraries in the program's memory, by path.
    Set<String> mappedLibraries() throws IOException {
        return librariesOf(process.pid());
    }

    /// The same of any process.
    static Set<String> librariesOf(long pid) throws IOException {
        Set<String> paths = new TreeSet<>();
        LIBRARY.matcher(Files.readString(Path.of("/proc/" + pid + "/maps")))
                .results()
                .forEach(match -> paths.add(match.group(1)));
        return paths;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle one : all) {
            try {
                one.onExit().get(20, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                one.destroyForcibly();
                throw new IOException("Process " + one.pid() + " did not end when asked to.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
