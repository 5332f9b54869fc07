package strongroom.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A screen of its own with a window manager, so that focus behaves as on a laptop.
public final class Screen implements AutoCloseable {
    private final Child server;
    private final Child windowManager;
    private final String display;

    private Screen(Child server, Child windowManager, String display) {
        this.server = server;
        this.windowManager = windowManager;
        this.display = display;
    }

    public static Screen start(Path logs) throws IOException, InterruptedException {
        // The X server picks a free display itself and tells its number.
        Child server = Child.dialogue(
                "Xvfb",
                logs.resolve("xvfb.log"),
                Map.of(),
                // -ar1: on a busy machine a key would repeat between its press and its release
                List.of(
                        "Xvfb",
                        "-displayfd",
                        "1",
                        "-screen",
                        "0",
                        "1280x840x24",
                        "-nolisten",
                        "tcp",
                        "-noreset",
                        "-ar1",
                        "60000"));
        BufferedReader says =
                new BufferedReader(new InputStreamReader(server.process().getInputStream(), StandardCharsets.US_ASCII));
        @Nullable String number = says.readLine();
        if (number == null) {
            throw new IOException("Xvfb did not start; see " + logs.resolve("xvfb.log"));
        }
        String display = ":" + number.strip();
        Child windowManager =
                Child.start("openbox", logs.resolve("openbox.log"), Map.of("DISPLAY", display), List.of("openbox"));
        Screen screen = new Screen(server, windowManager, display);
        screen.awaitWindowManager(logs.resolve("openbox.log"));
        return screen;
    }

    /// A window that comes before the window manager lies anywhere and may never get the focus.
    private void awaitWindowManager(Path log) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<String> ask = List.of("xprop", "-root", "_NET_SUPPORTING_WM_CHECK");
        while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(1)) {
            try (Child xprop = Child.dialogue("xprop", log, environment(), ask)) {
                if (new String(xprop.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .contains("window id #")) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        close();
        throw new IOException("no window manager came; see " + log);
    }

    public Map<String, String> environment() {
        return Map.of("DISPLAY", display);
    }

    @Override
    public void close() {
        windowManager.close();
        server.close();
    }
}
