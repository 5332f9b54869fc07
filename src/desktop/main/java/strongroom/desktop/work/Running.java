package strongroom.desktop.work;

import org.jspecify.annotations.Nullable;

/// A call under way. Any thread.
public final class Running {
    private @Nullable Thread thread;
    private boolean interrupted;
    private boolean dropped;

    Running() {}

    /// Asks the call to stop; what came of it is still reported.
    public synchronized void stop() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /// Asks the call to stop; nothing of it is reported any more.
    public synchronized void drop() {
        dropped = true;
        stop();
    }

    synchronized void begin() {
        thread = Thread.currentThread();
        if (interrupted) {
            thread.interrupt();
        }
    }

    synchronized void end() {
        thread = null;
    }

    synchronized boolean dropped() {
        return dropped;
    }
}
