package strongroom.vault.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A value that others watch. A watcher gets the present value at once and then each new one, in order, one at a
/// time. Safe for all threads.
final class Watched<T> {
    private final List<Consumer<T>> watchers = new CopyOnWriteArrayList<>();
    private T value;

    Watched(T value) {
        this.value = value;
    }

    synchronized T get() {
        return value;
    }

    // Told under the monitor: two changes must not overtake each other on their way to a watcher. Watchers return
    // soon and do not call back, as the door's contract says.
    synchronized void set(T next) {
        if (next.equals(value)) {
            return;
        }
        value = next;
        watchers.forEach(watcher -> watcher.accept(next));
    }

    /// Changes the value to what follows from the present one. @param next asked under the monitor; calls nobody
    synchronized void update(UnaryOperator<T> next) {
        set(next.apply(value));
    }

    /// Changes the value only if it is still what the caller looked at.
    synchronized void replace(T expected, T next) {
        if (value.equals(expected)) {
            set(next);
        }
    }

    synchronized Subscription watch(Consumer<T> watcher) {
        watchers.add(watcher);
        watcher.accept(value);
        return () -> watchers.remove(watcher);
    }
}
