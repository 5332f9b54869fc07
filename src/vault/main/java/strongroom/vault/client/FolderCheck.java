package strongroom.vault.client;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.rollback.RollbackCheck;
import strongroom.vault.rollback.Standing;
import strongroom.vault.store.KeptCounter.Finding;
import strongroom.vault.store.StoreException;

/// Looks in the background whether the folder was set back, and has the counter in the machine follow what is changed.
/// Nobody waits for it: no unlock, and no lock, after which it is cut off wherever it is.
final class FolderCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderCheck.class);

    private final RollbackCheck check;
    private final Watched<FolderState> told;
    private final AtomicBoolean stepping = new AtomicBoolean();
    // One after the other: what was changed is counted after it was compared. A thread of the system, because a virtual
    // one is turned away by an emulator that is busy, where this one waits in line.
    private final ExecutorService background = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("folder check").factory());

    /// @param told gets what comes of it
    FolderCheck(RollbackCheck check, Watched<FolderState> told) {
        this.check = check;
        this.told = told;
    }

    static FolderState shown(Finding finding) {
        return switch (finding.kind()) {
            case SET_BACK -> new FolderState.SetBack(finding.from());
            case COUNTER_LOST -> new FolderState.CounterLost(finding.from());
        };
    }

    /// Returns at once, as the next one.
    void begin() {
        later(() -> {
            show(check.look());
            check.step();
        });
    }

    void changed() {
        if (stepping.compareAndSet(false, true)) {
            later(() -> {
                stepping.set(false);
                check.step();
            });
        }
    }

    /// Waits until what was begun is done, or so long.
    void await(Duration most) {
        try {
            background.submit(() -> {}).get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | ExecutionException | TimeoutException expected) {
            LOG.info("the folder is not looked at to the end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void takeNote() throws ClientException {
        try {
            check.takeNote();
            told.update(before -> before instanceof FolderState.NotChecked ? before : new FolderState.AsLeft());
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    private void show(Standing standing) {
        FolderState next =
                switch (standing) {
                    case Standing.NotChecked() -> new FolderState.NotChecked();
                    case Standing.AsLeft() -> new FolderState.AsLeft();
                    case Standing.Found(Finding finding) -> shown(finding);
                };
        // Whoever closed this says that the vault is locked, and that comes last.
        synchronized (background) {
            if (!background.isShutdown()) {
                told.set(next);
            }
        }
    }

    /// A look, or a step.
    @FunctionalInterface
    private interface Work {
        void run() throws StoreException;
    }

    private void later(Work work) {
        try {
            background.execute(() -> unlessLocked(work));
        } catch (RejectedExecutionException expected) {
            // Locked meanwhile; the next unlock looks again.
        }
    }

    /// A lock zeroes the keys under it, and it fails then; the next unlock makes good what was begun.
    private void unlessLocked(Work work) {
        try {
            work.run();
        } catch (StoreException e) {
            if (e.why() != StoreException.Why.CLOSED) {
                LOG.warn("whether the folder was set back is not known: {}", e.why());
            }
        } catch (IllegalStateException e) {
            if (!background.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
    }

    /// After {@link #close}, when nothing of the vault is open any more: whoever listens may take their time.
    void sayLocked() {
        synchronized (background) {
            told.set(new FolderState.NotChecked());
        }
    }
}
