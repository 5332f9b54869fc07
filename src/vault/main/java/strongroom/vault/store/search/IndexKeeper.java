package strongroom.vault.store.search;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import strongroom.vault.store.StoreException;

/// Keeps an index in step with the documents on a thread of its own, from its making until it is closed: a moment after
/// each change, and when nothing changes for some seconds it removes what is left of documents that are gone.
public final class IndexKeeper implements AutoCloseable {
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(60);

    /// Opens the index, or gives the one that is open.
    @FunctionalInterface
    public interface Opening {
        /// On the keeper's thread.
        SearchIndex index() throws StoreException;
    }

    private final Opening opening;
    private final Corpus corpus;
    private final IndexWatch watch;
    private final Consumer<StoreException> failed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean changed = true;
    private boolean closed;

    /// @param watch told of each round; must return soon @param failed told why a round ended early; it is tried again
    public IndexKeeper(Opening opening, Corpus corpus, IndexWatch watch, Consumer<StoreException> failed) {
        this.opening = opening;
        this.corpus = corpus;
        this.watch = watch;
        this.failed = failed;
        Thread.ofPlatform()
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .name("search")
                .start(this::keep);
    }

    /// Something may look different. Returns at once.
    public void changed() {
        lock.lock();
        try {
            changed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        boolean remains = true;
        while (await(remains ? QUIET : Duration.ofDays(1))) {
            try {
                if (take()) {
                    opening.index().update(corpus, watch);
                    remains = true;
                } else if (remains) {
                    opening.index().expunge();
                    remains = false;
                }
            } catch (StoreException e) {
                if (e.why() == StoreException.Why.CLOSED) {
                    return;
                }
                failed.accept(e);
                if (!pause(AFTER_FAILURE)) {
                    return;
                }
                changed();
            }
        }
    }

    /// Waits for a change or until the time is over; then a moment more, since changes come in swarms.
    ///
    /// @return false if it was closed
    private boolean await(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!changed && !closed && left > 0) {
                left = news.awaitNanos(left);
            }
            return changed ? pause(MOMENT) : !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// @return false if it was closed
    private boolean pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = news.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean take() {
        lock.lock();
        try {
            boolean was = changed;
            changed = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /// Lets nothing begin any more; what is under way ends when the index is closed.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
