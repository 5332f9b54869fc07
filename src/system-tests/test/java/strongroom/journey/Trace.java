package strongroom.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What a process asks of the system, written by `strace`.
final class Trace implements AutoCloseable {
    /// Everything by which bytes enter or leave a process, and what it opens.
    private static final String DATA =
            "trace=network,open,openat,read,write,readv,writev,pread64,pwrite64,preadv,pwritev,sendfile";

    private final Child strace;
    private final Path file;

    private Trace(Child strace, Path file) {
        this.strace = strace;
        this.file = file;
    }

    /// Listens to a process that runs already, with all bytes, until closed.
    static Trace attach(long pid, Path file) throws IOException, InterruptedException {
        Path log = file.resolveSibling(file.getFileName() + ".log");
        // Our processes let no program of the same user look into them.
        List<String> command = new ArrayList<>(
                "root".equals(System.getProperty("user.name")) ? List.<String>of() : List.of("sudo", "-n"));
        command.addAll(List.of("strace", "-f", "-s", "65536", "-e", DATA));
        command.addAll(List.of("-o", file.toString(), "-p", Long.toString(pid)));
        Child strace = Child.start("strace", log, Map.of(), command);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.exists(log) || !Files.readString(log).contains("attached")) {
            if (!strace.runs() || System.nanoTime() > deadline) {
                strace.close();
                throw new IOException("strace did not attach: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return new Trace(strace, file);
    }

    /// Put before a command, lists what that process and its children do with sockets.
    static List<String> ofSockets(Path file) {
        return List.of("strace", "-f", "-e", "trace=network", "-o", file.toString());
    }

    static List<String> lines(Path file, Predicate<String> wanted) throws IOException {
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(wanted).toList();
        }
    }

    List<String> lines(Predicate<String> wanted) throws IOException {
        return lines(file, wanted);
    }

    /// Lines with these letters among the bytes that went in or out, as bytes or as pairs of bytes.
    List<String> naming(String letters) throws IOException {
        String wide = String.join("\\0", letters.split(""));
        return lines(line -> line.contains(letters) || line.contains(wide));
    }

    /// Lets go of the process, which goes on.
    @Override
    public void close() {
        strace.close();
    }
}
