package strongroom.journey;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The other end of {@link WindowUnderScript}: what the person at one laptop does and sees. After a lock another
/// process shows the window; the command that was under way is said to that one.
final class ScriptedWindow implements AutoCloseable {
    private static final int ANSWERS_WITHIN = 120_000;
    private static final int ENDS_WITHIN = 500;
    private static final String MAIN = WindowUnderScript.class.getName();

    /// A window process and its connection.
    private static final class Line {
        private final Socket socket;
        private final BufferedWriter commands;
        private final BufferedReader answers;

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.commands =
                    new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
            this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private final Child child;
    private final ServerSocket windows;
    private Line line;
    private long pid;

    private ScriptedWindow(Child child, ServerSocket windows) throws IOException {
        this.child = child;
        this.windows = windows;
        this.line = new Line(windows.accept());
        this.pid = child.process().pid();
    }

    static ScriptedWindow start(Screen screen, Path home, String tpm, Path log) throws IOException {
        ServerSocket windows = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        windows.setSoTimeout(ANSWERS_WITHIN);
        List<String> flags = List.of(
                "-Dprism.order=sw",
                "-XX:+DisableAttachMechanism",
                "-XX:-UsePerfData",
                "-Dstrongroom.script.port=" + windows.getLocalPort());
        List<String> arguments = List.of("--home", home.toString(), "--tpm", tpm);
        Child child = Child.start("window", log, screen.environment(), Child.java(MAIN, flags, arguments));
        return new ScriptedWindow(child, windows);
    }

    /// Says one command and waits for its answer.
    String say(String... words) throws IOException {
        for (int process = 0; process < 2; process++) {
            @Nullable String answer = ask(words);
            if (answer == null) {
                next();
            } else if (answer.startsWith("ok\t")) {
                return answer.substring("ok\t".length());
            } else {
                throw new IOException(String.join(" ", words) + ": " + answer.substring("no\t".length()));
            }
        }
        throw new IOException("the window ended during: " + String.join(" ", words));
    }

    /// Says one command that the process may not live to answer.
    void tell(String... words) throws IOException {
        if (ask(words) == null) {
            next();
        }
    }

    /// @return null if the process ended
    private @Nullable String ask(String... words) throws IOException {
        try {
            line.commands.write(String.join("\t", words));
            line.commands.write('\n');
            line.commands.flush();
            return line.answers.readLine();
        } catch (SocketException expected) {
            return null;
        }
    }

    private void next() throws IOException {
        try {
            line.socket.close();
            line = new Line(windows.accept());
            pid = Long.parseLong(String.valueOf(ask("pid")).substring("ok\t".length()));
        } catch (SocketTimeoutException e) {
            throw new IOException("no window came after the one that ended", e);
        }
    }

    /// Of the process that shows the window now.
    long pid() {
        return pid;
    }

    void kill() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        close();
    }

    @Override
    public void close() {
        try (ServerSocket _ = windows;
                Socket _ = line.socket) {
            ask("quit");
            for (int wait = 0; wait < ENDS_WITHIN && !ProcessMemory.isGone(pid); wait++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (IOException expected) {
            // It ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        child.close();
    }
}
