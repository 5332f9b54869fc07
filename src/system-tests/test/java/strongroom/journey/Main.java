package strongroom.journey;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import strongroom.vault.client.ClientLog;

/// `./strongroom demo`: `--script` plays the journey by itself; without it a window is opened for a person.
public final class Main {
    private static final int USAGE = 2;

    /// How the demo was started.
    ///
    /// @param script whether it plays by itself @param documents null for the samples
    private record Options(boolean script, @Nullable Path documents, Path pictures) {
        /// @throws IllegalArgumentException with a sentence for people
        static Options of(List<String> arguments) {
            boolean script = false;
            @Nullable Path documents = null;
            Path pictures = Path.of("target", "demo");
            for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
                String option = rest.next();
                if (option.equals("--script")) {
                    script = true;
                } else if (option.equals("--documents") && rest.hasNext()) {
                    documents = folder(rest.next());
                } else if (option.equals("--pictures") && rest.hasNext()) {
                    pictures = Path.of(rest.next());
                } else {
                    throw new IllegalArgumentException(
                            "The demo does not know " + option + "; it takes --script and --documents DIR.");
                }
            }
            return new Options(script, documents, pictures);
        }

        private static Path folder(String name) {
            try {
                // A link to a folder means the folder; an import would leave the link alone.
                Path folder = Path.of(name).toRealPath();
                if (Files.isDirectory(folder) && Files.isReadable(folder) && folder.getFileName() != null) {
                    return folder;
                }
            } catch (IOException missing) {
                // Said below.
            }
            throw new IllegalArgumentException(name
                    + " is not a folder that can be read; --documents wants one whose documents the demo may copy.");
        }
    }

    private Main() {}

    /// @param arguments `--script`, `--documents DIR`, `--pictures DIR`
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // The samples are made by a library that has remarks.
        ClientLog.configure();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Options options;
        try {
            options = Options.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("strongroom: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        Path folder = TempFolder.make();
        // However it ends: Ctrl-C and a closed terminal, too.
        Leaving leaving = new Leaving(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(leaving, "leaving"));
        try {
            play(options, folder, out);
        } catch (IOException e) {
            if (!leaving.begun()) {
                System.err.println("strongroom: The demo ended early: " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private static void play(Options options, Path folder, PrintStream out) throws IOException, InterruptedException {
        if (options.script || (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null)) {
            clear(options.pictures);
            new Journey(folder, options.pictures, options.documents, out).play();
            out.println("The whole journey was played. Pictures and times: " + options.pictures);
        } else {
            attended(folder, options.documents, out);
        }
    }

    /// A server and a window for a person: everything is thrown away when the window is closed.
    private static void attended(Path folder, @Nullable Path documents, PrintStream out)
            throws IOException, InterruptedException {
        Path source = documents == null ? Samples.write(folder.resolve("documents")) : documents;
        // An emulated TPM goes with the folder; in the machine's own TPM or the person's keyring something would stay.
        try (Office office = Office.open(folder, "Muster AG", Programs.ALONE);
                TpmEmulator tpm = TpmEmulator.start(folder.resolve("tpm"))) {
            try (AttendedWindow window = new AttendedWindow(folder, tpm.address(), out)) {
                window.enrolAndImport(office, source);
                window.show(office);
            }
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
}
