package strongroom.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A screen of its own with a window manager, so that focus behaves as on a laptop.
final class Screen implements AutoCloseable {
    private final Child server;
    private final Child windowManager;
    private final String display;

    private Screen(Child server, Child windowManager, String display) {
        this.server = server;
        this.windowManager = windowManager;
        this.display = display;
    }

    static Screen start(Path logs) throws IOException {
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
        return new Screen(server, windowManager, display);
    }

    Map<String, String> environment() {
        return Map.of("DISPLAY", display);
    }

    @Override
    public void close() {
        windowManager.close();
        server.close();
    }
}
