package strongroom.desktop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import strongroom.desktop.work.Work;

/// Runs everything at once on the calling thread; what is put off waits until the test lets it run.
public final class SameThread {
    private final List<Runnable> later = new ArrayList<>();

    /// For a view model.
    public Work work() {
        return new Work(Runnable::run, Runnable::run, this::putOff);
    }

    /// Runs what was put off so far.
    public void tick() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private void putOff(Duration delay, Runnable task) {
        later.add(task);
    }
}
