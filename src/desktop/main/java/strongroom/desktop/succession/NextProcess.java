package strongroom.desktop.succession;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process for each unlock. Safe for several threads.
public final class NextProcess implements Succession {
    private static final Logger LOG = LoggerFactory.getLogger(NextProcess.class);

    /// What was shown is gone within a second of the lock, whether or not the next process is quick enough to show its
    /// window first.
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final List<String> command;
    private final Runnable end;
    private @Nullable Successor next;

    /// @param command how a process is started that waits as {@link Predecessor} says
    /// @param end ends this process at once, and takes nothing along
    public NextProcess(List<String> command, Runnable end) {
        this.command = List.copyOf(command);
        this.end = end;
    }

    @Override
    public boolean isPlanned() {
        return true;
    }

    @Override
    public void prepare(Runnable ready) {
        try {
            var unused = next().ready().thenRun(ready);
        } catch (IOException e) {
            // Tried once more at the lock.
            LOG.warn("the next process cannot be started");
        }
    }

    private synchronized Successor next() throws IOException {
        Successor there = next;
        if (there == null || !there.isAlive()) {
            there = Successor.start(command);
            next = there;
        }
        return there;
    }

    @Override
    public void handOver(Handover handover) {
        try {
            next().takeOver(handover, PATIENCE);
        } catch (IOException e) {
            // No lock screen is better than one in a process that still holds what it showed.
            LOG.error("the next process cannot be started; the window is closed");
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        } finally {
            end.run();
        }
    }

    @Override
    public synchronized void close() {
        if (next != null) {
            next.close();
        }
    }
}
