package strongroom.journey;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `./strongroom demo`: `--script` plays the journey by itself; without it a window is opened for a person.
public final class Main {
    private Main() {}

    /// @param arguments `--script`, `--documents DIR`, `--pictures DIR`
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean script = false;
        @Nullable Path documents = null;
        Path pictures = Path.of("target", "demo");
        for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
            switch (rest.next()) {
                case "--script" -> script = true;
                case "--documents" -> documents = Path.of(rest.next()).toAbsolutePath();
                case "--pictures" -> pictures = Path.of(rest.next());
                default -> throw new IllegalArgumentException("demo takes --script, --documents DIR, --pictures DIR");
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // Short: a socket's path has hardly a hundred bytes.
        Path folder = Files.createTempDirectory("sr");
        try {
            if (script || (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null)) {
                clear(pictures);
                new Journey(folder, pictures, documents, out).play();
                out.println("The whole journey was played. Pictures and times: " + pictures);
            } else {
                attended(folder, documents, out);
            }
        } finally {
            remove(folder);
        }
    }

    /// A server and a window for a person: everything is thrown away when the window is closed.
    private static void attended(Path folder, @Nullable Path documents, PrintStream out)
            throws IOException, InterruptedException {
        Path source = documents == null ? Samples.write(folder.resolve("documents")) : documents;
        Path home = folder.resolve("home");
        try (Office office = Office.open(folder, "Muster AG")) {
            String pin = "blue kettle 42";
            Tool tool = new Tool(home, "auto", folder.resolve("client.log"), Map.of());
            tool.run(
                    pin,
                    "enrol",
                    "--server",
                    office.url(),
                    "--code",
                    office.enrolCode("Anna Keller"),
                    "--name",
                    "Demo");
            tool.run(pin, "add", source.toString());
            out.println("The window opens. The PIN is: " + pin);
            out.println("To wipe it, in another terminal: ./strongroom server admin wipe Demo --reason demo --admin "
                    + folder.resolve("administrator") + " --server " + office.url());
            List<String> command = Child.java("strongroom.desktop.Main", List.of(), List.of("--home", home.toString()));
            try (Child window = Child.start("window", folder.resolve("window.log"), Map.of(), command)) {
                window.process().waitFor();
            }
            tool.endAgent();
        }
    }

    private static void clear(Path pictures) throws IOException {
        if (Files.isDirectory(pictures)) {
            try (Stream<Path> files = Files.list(pictures)) {
                for (Path file : files.toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (name.endsWith(".png") || name.equals("journey.json")) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
