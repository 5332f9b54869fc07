package strongroom.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The settings that a desktop tells its programs, and changes while they run.
final class Xsettings implements AutoCloseable {
    private final Path file;
    private final Process daemon;
    private final BufferedReader says;

    private Xsettings(Path file, Process daemon) {
        this.file = file;
        this.daemon = daemon;
        this.says = daemon.errorReader();
    }

    /// @param file for the daemon's settings @param theme the name of a GTK theme
    static Xsettings start(Path file, String theme) throws IOException {
        write(file, theme);
        var settings = new Xsettings(file, new ProcessBuilder("xsettingsd", "-c", file.toString()).start());
        settings.await("Took ownership");
        return settings;
    }

    /// From now on this theme.
    void theme(String name) throws IOException, InterruptedException {
        write(file, name);
        new ProcessBuilder("kill", "-HUP", String.valueOf(daemon.pid())).start().waitFor();
        await("Loaded 1 setting");
    }

    @Override
    public void close() {
        daemon.destroy();
        daemon.onExit().join();
    }

    private void await(String what) throws IOException {
        @Nullable String line = says.readLine();
        while (line != null && !line.contains(what)) {
            line = says.readLine();
        }
        if (line == null) {
            throw new AssertionError("xsettingsd ended before it said: " + what);
        }
    }

    private static void write(Path file, String theme) throws IOException {
        Files.writeString(file, "Net/ThemeName \"" + theme + "\"\n");
    }
}
