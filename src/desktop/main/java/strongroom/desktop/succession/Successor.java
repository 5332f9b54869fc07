package strongroom.desktop.succession;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The next process, from the side of the present one. It is spoken to on its standard input and answers on its
/// standard output with single bytes; where its input ends before anything was handed over, it ends too, so none
/// is left behind however the present one went. See {@link Predecessor} for the other side. Safe for several
/// threads.
final class Successor implements AutoCloseable {
    /// It is ready to take over.
    static final int READY = 'r';
    /// Its window stands.
    static final int SHOWN = 's';

    private final Process process;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> shown = new CompletableFuture<>();

    private Successor(Process process) {
        this.process = process;
        Thread.ofVirtual().name("successor").start(this::listen);
    }

    /// @param command program and arguments, as {@link WindowProgram} says
    static Successor start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // The installed launcher leaves a mark for itself, and would take the arguments of a second one for the JVM's.
        builder.environment().keySet().removeIf(name -> name.startsWith("_JPACKAGE_LAUNCHER"));
        return new Successor(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Completed when it has started, or when it has ended.
    CompletableFuture<Void> ready() {
        return ready;
    }

    /// Hands over and waits until its window stands; no longer than `patience`, after which it goes on by itself.
    void takeOver(Handover handover, Duration patience) throws IOException, InterruptedException {
        byte[] encoded = handover.toByteArray();
        OutputStream out = process.getOutputStream();
        new DataOutputStream(out).writeInt(encoded.length);
        out.write(encoded);
        out.flush();
        try {
            shown.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException expected) {
            // It shows itself when it can.
        }
    }

    /// Ends it, if nothing was handed over.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException expected) {
            // It has ended already.
        }
    }

    private void listen() {
        try (InputStream in = process.getInputStream()) {
            for (int said = in.read(); said >= 0; said = in.read()) {
                (said == READY ? ready : shown).complete(null);
            }
        } catch (IOException expected) {
            // It has ended.
        }
        ready.complete(null);
        shown.complete(null);
    }
}
