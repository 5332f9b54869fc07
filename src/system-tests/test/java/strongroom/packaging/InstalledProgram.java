package strongroom.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final int COLOURS_OF_A_DRAWN_WINDOW = 40;

    private final Process process;
    private final Path log;
    private final Map<String, String> screen;

    private InstalledProgram(Process process, Path log, Map<String, String> screen) {
        this.process = process;
        this.log = log;
        this.screen = screen;
    }

    /// @param screen where its window is to be
    static InstalledProgram start(Path home, Map<String, String> screen) throws IOException {
        Path log = home.resolve("program.log");
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/strongroom")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment(home));
        builder.environment().putAll(screen);
        return new InstalledProgram(builder.start(), log, screen);
    }

    /// A home of its own, also for Java, which takes the home from the user's entry and not from HOME.
    private static Map<String, String> environment(Path home) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", home.toString());
        environment.put("XDG_DATA_HOME", home.resolve(".local/share").toString());
        environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
        environment.put("XDG_CACHE_HOME", home.resolve(".cache").toString());
        environment.put("JAVA_TOOL_OPTIONS", "-Duser.home=" + home + " -Djava.io.tmpdir=" + home);
        return environment;
    }

    /// Waits until the window can be seen and something is drawn in it.
    ///
    /// @param picture where a picture of it is left
    void awaitWindow(Path picture) throws IOException, InterruptedException {
        Command search = Command.run(
                Path.of("/"),
                Duration.ofMinutes(2),
                screen,
                List.of("xdotool", "search", "--sync", "--onlyvisible", "--name", "^Strongroom"));
        if (search.exitCode() != 0 || !process.isAlive()) {
            throw new AssertionFailedError("no window appeared: " + Files.readString(log));
        }
        String window = search.output().lines().findFirst().orElse("");
        Files.createDirectories(picture.toAbsolutePath().getParent());
        long start = System.nanoTime();
        while (colours(window, picture) < COLOURS_OF_A_DRAWN_WINDOW) {
            if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(2)) {
                throw new AssertionFailedError("the window stays empty; see " + picture);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /// Of the window alone, without the frame that the window manager draws.
    private int colours(String window, Path picture) throws IOException, InterruptedException {
        Command taken = Command.run(
                Path.of("/"),
                Duration.ofMinutes(1),
                screen,
                List.of(
                        "import",
                        "-silent",
                        "-window",
                        window,
                        picture.toAbsolutePath().toString()));
        if (taken.exitCode() != 0) {
            throw new AssertionFailedError("no picture of the window: " + taken.output());
        }
        return Integer.parseInt(Command.output(
                        "identify", "-format", "%k", picture.toAbsolutePath().toString())
                .strip());
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
