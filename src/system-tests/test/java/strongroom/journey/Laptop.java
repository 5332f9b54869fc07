package strongroom.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One laptop: a screen, a TPM, a home folder, and the window of its person.
final class Laptop implements AutoCloseable {
    private final String name;
    private final Path folder;
    private final Screen screen;
    private final TpmEmulator tpm;
    private final ScriptedWindow window;

    private Laptop(String name, Path folder, Screen screen, TpmEmulator tpm, ScriptedWindow window) {
        this.name = name;
        this.folder = folder;
        this.screen = screen;
        this.tpm = tpm;
        this.window = window;
    }

    static Laptop start(Path folder, String name) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Screen screen = Screen.start(folder);
        TpmEmulator tpm = TpmEmulator.start(folder.resolve("tpm"));
        ScriptedWindow window =
                ScriptedWindow.start(screen, folder.resolve("home"), tpm.address(), folder.resolve("window.log"));
        return new Laptop(name, folder, screen, tpm, window);
    }

    String name() {
        return name;
    }

    Path home() {
        return folder.resolve("home");
    }

    String tpm() {
        return tpm.address();
    }

    /// One act of the person, or one look.
    String say(String... words) throws IOException {
        return window.say(words);
    }

    /// Another program comes to the front. @return it, closed by the caller
    Child anotherProgram() throws IOException {
        return Child.start(
                "xterm",
                folder.resolve("xterm.log"),
                screen.environment(),
                List.of("xterm", "-geometry", "60x12+380+420", "-title", "Another program", "-e", "cat"));
    }

    Map<String, String> environment() {
        return screen.environment();
    }

    Optional<ProcessHandle> agent() {
        return Agents.of(home());
    }

    @Override
    public void close() {
        window.close();
        agent().ifPresent(ProcessHandle::destroy);
        tpm.close();
        screen.close();
    }
}
