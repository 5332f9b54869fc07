package strongroom.desktop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;

/// Asks the window again and again to do a trifle, and measures how long it takes to come to it. A measurement to be
/// reported, not asserted: the machine may be busy.
final class Liveliness implements AutoCloseable {
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final Thread thread = new Thread(this::ask, "liveliness");

    Liveliness() {
        thread.setDaemon(true);
        thread.start();
    }

    /// What there is to say.
    String report() {
        return "the window answered %d times, at the latest after %d ms"
                .formatted(asked.get(), TimeUnit.NANOSECONDS.toMillis(longest.get()));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void ask() {
        try {
            while (!Thread.interrupted()) {
                var answered = new CountDownLatch(1);
                long from = System.nanoTime();
                Platform.runLater(answered::countDown);
                answered.await();
                longest.accumulateAndGet(System.nanoTime() - from, Math::max);
                asked.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        }
    }
}
