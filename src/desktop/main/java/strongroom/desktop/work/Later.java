package strongroom.desktop.work;

import java.time.Duration;

/// Runs something on the thread of the window after a while.
@FunctionalInterface
public interface Later {
    /// @param task runs on the thread of the window
    void after(Duration delay, Runnable task);
}
