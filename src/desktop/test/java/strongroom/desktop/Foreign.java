package strongroom.desktop;

import java.io.IOException;

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
        Xdotool.run("search", "--sync", "--onlyvisible", "--name", TITLE);
        return new Foreign(terminal);
    }

    /// Brings it to the front.
    void activate() throws IOException, InterruptedException {
        Xdotool.run("search", "--name", TITLE, "windowactivate", "--sync");
    }

    @Override
    public void close() {
        terminal.destroy();
    }
}
