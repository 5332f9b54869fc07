package strongroom.vault.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import strongroom.vault.store.StoreException;

/// Does the same to many things, a few at a time. The number of lanes bounds the memory: one chunk per lane.
final class Lanes {
    private Lanes() {}

    @FunctionalInterface
    interface Task<T> {
        void on(T thing) throws SyncException, StoreException, InterruptedException;
    }

    /// Returns when all are done; after a failure no further one is begun, and the first failure is thrown.
    static <T> void each(int lanes, List<T> things, Task<T> task)
            throws SyncException, StoreException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int lane = 0; lane < Math.min(lanes, things.size()); lane++) {
                running.add(threads.submit(() -> {
                    try {
                        for (int i = next.getAndIncrement();
                                i < things.size() && !stop.get();
                                i = next.getAndIncrement()) {
                            task.on(things.get(i));
                        }
                    } catch (SyncException | StoreException | InterruptedException | RuntimeException e) {
                        stop.set(true);
                        throw e;
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> lane : running) {
                    lane.get();
                }
            } catch (ExecutionException e) {
                throw failure(e);
            } catch (InterruptedException e) {
                stop.set(true);
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static SyncException failure(ExecutionException failed)
            throws SyncException, StoreException, InterruptedException {
        switch (failed.getCause()) {
            case SyncException sync -> throw sync;
            case StoreException store -> throw store;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException bug -> throw bug;
            case null -> throw new IllegalStateException(failed);
            default -> throw new IllegalStateException(failed);
        }
    }
}
