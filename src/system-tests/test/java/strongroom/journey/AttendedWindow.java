package strongroom.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A window for a person, enrolled and filled beforehand.
final class AttendedWindow implements AutoCloseable {
    private static final String PIN = "blue kettle 42";

    private final Path folder;
    private final Path home;
    private final String tpm;
    private final PrintStream out;
    private final Tool tool;

    AttendedWindow(Path folder, String tpm, PrintStream out) {
        this.folder = folder;
        this.home = folder.resolve("home");
        this.tpm = tpm;
        this.out = out;
        this.tool = new Tool(home, tpm, folder.resolve("client.log"), Map.of(), Programs.ALONE);
    }

    void enrolAndImport(Office office, Path documents) throws IOException, InterruptedException {
        String code = office.enrolCode("Anna Keller");
        tool.run(PIN, "enrol", "--server", office.url(), "--code", code, "--name", "Demo");
        Programs.Answer added = tool.ask(PIN, "add", documents.toString());
        if (added.exit() != 0) {
            // A link or a pipe in somebody's folder is no reason not to show the rest.
            out.println("Not everything in " + documents + " could be added.");
        }
    }

    /// Opens the window and waits until it is closed.
    void show(Office office) throws IOException, InterruptedException {
        out.println("The window opens. The PIN is: " + PIN);
        out.println("To wipe it, in another terminal: ./strongroom server admin wipe Demo --reason demo --admin "
                + folder.resolve("administrator") + " --server " + office.url());
        List<String> arguments = List.of("--home", home.toString(), "--tpm", tpm);
        ProcessBuilder window = new ProcessBuilder(Child.java("strongroom.desktop.Main", List.of(), arguments));
        window.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process first = window.start();
        // It ends at the first lock and another one goes on: the last one is over when the stream of errors is, which
        // they share.
        try (InputStream errors = first.getErrorStream();
                OutputStream log = Files.newOutputStream(folder.resolve("window.log"))) {
            errors.transferTo(log);
        }
    }

    @Override
    public void close() {
        tool.endAgent();
    }
}
