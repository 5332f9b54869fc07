package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import strongroom.bench.contender.Shell;

/// The folder in which everything happens. At the end, also at an end by a signal, nothing is left of it: what is
/// mounted there is unmounted, programs that were started are ended, files are removed.
final class Scratch implements AutoCloseable {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final int ATTEMPTS = 20;

    private final Path folder;
    private volatile boolean ending;
    private boolean ended;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    static Scratch make() throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory("strongroom-bench"));
        Runtime.getRuntime().addShutdownHook(new Thread(scratch::end, "end"));
        return scratch;
    }

    /// Whether it comes to its end: what fails from now on does so for no other reason.
    boolean ending() {
        return ending;
    }

    /// A new, empty folder. @param name that nothing has there
    Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    /// Where a file of that name would be.
    Path file(String name) {
        return folder.resolve(name);
    }

    private synchronized void end() {
        ending = true;
        if (ended) {
            return;
        }
        ended = true;
        try {
            for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
                // Another thread may still be at work, and begin what was just ended.
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
                unmount();
                attempt();
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("left behind: " + folder + ": " + e.getMessage());
        }
    }

    private void unmount() throws IOException, InterruptedException {
        if (!Files.exists(MOUNTS)) {
            return;
        }
        List<String> mounted = Files.readAllLines(MOUNTS).stream()
                .map(line -> line.split(" ", -1)[1])
                .filter(point -> point.startsWith(folder + "/"))
                .toList();
        for (String point : mounted) {
            new ProcessBuilder(Shell.has("fusermount3") ? "fusermount3" : "fusermount", "-uz", point)
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            remove(folder);
        } catch (IOException e) {
            Thread.sleep(100);
        }
    }

    /// Removes a folder with everything in it.
    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        end();
    }
}
