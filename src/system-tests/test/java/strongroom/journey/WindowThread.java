package strongroom.journey;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/// The thread of the window under script, as everybody else in its process may use it.
final class WindowThread {
    private WindowThread() {}

    /// Does something on the window's thread and waits for it.
    static <T> T call(Callable<T> task) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> result = new CompletableFuture<>();
        while (true) {
            try {
                Platform.runLater(() -> {
                    try {
                        result.complete(task.call());
                    } catch (Exception | LinkageError e) {
                        result.completeExceptionally(e);
                    }
                });
                return result.get(120, TimeUnit.SECONDS);
            } catch (IllegalStateException e) {
                // The toolkit is still starting.
                if (!Set.of("Toolkit not initialized").contains(e.getMessage())) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /// What was decided is on the screen only some frames later.
    static void painted(int wanted) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        call(() -> {
            new AnimationTimer() {
                private int frames;

                @Override
                public void handle(long now) {
                    if (++frames == wanted) {
                        stop();
                        done.complete(true);
                    }
                }
            }.start();
            return "";
        });
        done.get(60, TimeUnit.SECONDS);
    }
}
