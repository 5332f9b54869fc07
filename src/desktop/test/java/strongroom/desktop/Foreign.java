package strongroom.desktop;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Somebody else's window: an xterm that xdotool brings to the front.
final class Foreign implements AutoCloseable {
    private static final String TITLE = "somebody-else";

    private final Process terminal;

    private Foreign(Process terminal) {
        this.terminal = terminal;
    }

    /// Opens it behind; it takes the focus when it appears, as windows do.
    static Foreign open() throws IOException, InterruptedException {
        Process terminal =
                new ProcessBuilder("xterm", "-T", TITLE, "-geometry", "40x10+5+5", "-e", "sleep", "300").start();
        run("xdotool", "search", "--sync", "--onlyvisible", "--name", TITLE);
        return new Foreign(terminal);
    }

    /// Brings it to the front.
    void activate() throws IOException, InterruptedException {
        run("xdotool", "search", "--name", TITLE, "windowactivate", "--sync");
    }

    @Override
    public void close() {
        terminal.destroy();
    }

    /// xdotool fails where some window disappears while it looks through them all: then once more.
    private static void run(String... command) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 5; attempt++) {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError(String.join(" ", command) + " does not end");
            }
            if (process.exitValue() == 0) {
                return;
            }
        }
        throw new AssertionError(String.join(" ", command) + " fails");
    }
}
