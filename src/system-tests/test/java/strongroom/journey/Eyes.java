package strongroom.journey;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The other end of {@link Onlooker}: a person before a screen.
final class Eyes implements AutoCloseable {
    /// What was seen of a change.
    ///
    /// @param first seconds until another page came @param stood seconds until it looked as it stayed
    record Sight(double first, double stood) {}

    private final Screen screen;
    private final Path log;
    private final Child onlooker;
    private final BufferedWriter asks;
    private final BufferedReader answers;

    private Eyes(Screen screen, Path log, Child onlooker) {
        this.screen = screen;
        this.log = log;
        this.onlooker = onlooker;
        Process process = onlooker.process();
        this.asks = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Eyes before(Screen screen, Path folder) throws IOException {
        Path log = folder.resolve("onlooker.log");
        List<String> command =
                Child.java(Onlooker.class.getName(), List.of("-XX:TieredStopAtLevel=4", "-Xmx1g"), List.of());
        return new Eyes(screen, log, Child.dialogue("onlooker", log, screen.environment(), command));
    }

    /// Gives the keyboard to a window. @param title how it begins
    void turnTo(String title) throws IOException, InterruptedException {
        try (Child xdotool = Child.start(
                "xdotool",
                log,
                screen.environment(),
                List.of(
                        "xdotool",
                        "search",
                        "--sync",
                        "--onlyvisible",
                        "--name",
                        "^" + title,
                        "windowactivate",
                        "--sync"))) {
            if (xdotool.await(60) != 0) {
                throw new IOException("no window of " + title + "; see " + log);
            }
        }
    }

    void type(String text) throws IOException {
        ask("type", text);
    }

    Sight enter() throws IOException {
        return sight("enter");
    }

    /// Presses the keys that lock, here and in KeePassXC.
    Sight lock() throws IOException {
        return sight("lock");
    }

    /// @param begun by {@link System#nanoTime}, which all processes of a machine share on Linux
    Sight watch(long begun) throws IOException {
        return sight("watch", Long.toString(begun));
    }

    void picture(Path file) throws IOException {
        ask("picture", file.toString());
    }

    private Sight sight(String... words) throws IOException {
        List<Long> seen =
                Stream.of(ask(words).split("\t", -1)).map(Long::valueOf).toList();
        if (seen.getFirst() < 0) {
            throw new IOException("nothing changed on the screen after: " + words[0]);
        }
        return new Sight(seen.getFirst() / 1e9, seen.getLast() / 1e9);
    }

    private String ask(String... words) throws IOException {
        asks.write(String.join("\t", words));
        asks.newLine();
        asks.flush();
        @Nullable String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the onlooker ended; see " + log);
        }
        return answer;
    }

    @Override
    public void close() {
        onlooker.close();
    }
}
