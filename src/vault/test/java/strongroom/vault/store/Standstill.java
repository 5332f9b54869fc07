package strongroom.vault.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that is stopped in the middle of whatever it does (SIGSTOP). Each of its threads ends the call of the
/// system that it is in, and makes no other: its files are what `kill -9` would have left at this moment, so a copy
/// of them stands for a kill that costs no new process. Closing lets it go on. For Linux, which tells of each thread
/// whether it has stopped.
public final class Standstill implements AutoCloseable {
    private final Process process;

    private Standstill(Process process) {
        this.process = process;
    }

    /// Whether this system can stop processes and tell that they have stopped.
    public static boolean isPossible() {
        return Files.exists(Path.of("/proc/self/task"));
    }

    /// Waits until all its threads have stopped.
    ///
    /// @throws IOException if the process has ended
    public static Standstill of(Process process) throws IOException, InterruptedException {
        Standstill standstill = new Standstill(process);
        standstill.signal("STOP");
        while (!hasStopped(process.pid())) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return standstill;
    }

    private static boolean hasStopped(long process) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            for (Path thread : threads.toList()) {
                String line = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                // Behind the name, which may have blanks and brackets in it.
                char state = line.charAt(line.lastIndexOf(')') + 2);
                if (state == 'Z' || state == 'X') {
                    throw new IOException("the process has ended");
                }
                if (state != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " ended with " + exit);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            signal("CONT");
        } catch (InterruptedException e) {
            // It was sent.
            Thread.currentThread().interrupt();
        }
    }
}
