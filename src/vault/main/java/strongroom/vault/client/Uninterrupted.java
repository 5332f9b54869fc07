package strongroom.vault.client;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// What is begun is done: a lock interrupts who waits for it, not the work. An interrupt also closes the files and
/// sockets of the thread that it meets.
final class Uninterrupted {
    /// Something that is not to be cut off halfway.
    @FunctionalInterface
    interface Step {
        void run() throws ClientException;
    }

    private Uninterrupted() {}

    /// Does it on a thread of its own and waits; an interrupt is told afterwards. What is held by this thread is not by
    /// that one. @param name of the thread
    static void run(String name, Step step) throws ClientException {
        var work = new FutureTask<@Nullable ClientException>(() -> {
            try {
                step.run();
                return null;
            } catch (ClientException e) {
                return e;
            }
        });
        Thread.ofVirtual().name(name).start(work);
        boolean interrupted = false;
        while (!work.isDone()) {
            try {
                work.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        @Nullable ClientException refused = work.resultNow();
        if (refused != null) {
            throw refused;
        }
    }
}
