package strongroom.vault.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The state machine of the lock: `LOCKED → UNLOCKING → UNLOCKED → COVERED → LOCKED`, and `WIPED` from anywhere.
/// Nothing can veto a lock. Its timer has a thread of its own: a window whose event loop hangs (a native dialog, a
/// grab) locks all the same. Safe for all threads; each transition is told once, in order, on the machine's thread.
public final class LockMachine implements AutoCloseable {
    /// How far the wall clock may leave the running time before it counts as a jump.
    private static final Duration JUMP = Duration.ofSeconds(90);

    private static final Duration TICK = Duration.ofSeconds(5);

    /// Is told of every transition, on the machine's thread.
    @FunctionalInterface
    public interface Listener {
        /// @param phase the new one @param cause why, for `COVERED` and `LOCKED`; the last cause otherwise
        void entered(Phase phase, Cause cause, Instant at);
    }

    private final LockRules rules;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final ScheduledThreadPoolExecutor thread;
    private final ScheduledFuture<?> ticks;

    // Guarded by this; the listener is never called while it is held.
    private Phase phase = Phase.LOCKED;
    private Cause cause = Cause.STARTED;
    private long lastActivity;
    private Instant lastTickWall;
    private long lastTickNanos;
    private @Nullable ScheduledFuture<?> pendingLock;
    private @Nullable Cause outside;

    /// @param nanoTime a running time that no user can set, in nanoseconds
    public LockMachine(LockRules rules, Clock clock, LongSupplier nanoTime, Listener listener) {
        this.rules = rules;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.lastActivity = nanoTime.getAsLong();
        this.lastTickNanos = nanoTime.getAsLong();
        this.lastTickWall = clock.instant();
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread lock = new Thread(task, "lock");
            lock.setDaemon(true);
            return lock;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.ticks = thread.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Where it stands.
    public synchronized Phase phase() {
        return phase;
    }

    /// A PIN is about to be checked. @return false if it is not the time: the caller checks nothing
    public boolean beginUnlock() {
        return transition(Phase.LOCKED, Phase.UNLOCKING, null);
    }

    /// The PIN was right. Who looked away while it was checked finds the vault covered, or locked again.
    ///
    /// @return false if something locked or wiped meanwhile: the caller closes what it opened
    public synchronized boolean unlocked() {
        lastActivity = nanoTime.getAsLong();
        if (!transition(Phase.UNLOCKING, Phase.UNLOCKED, null)) {
            return false;
        }
        if (outside != null) {
            cover(outside);
        }
        return phase != Phase.LOCKED;
    }

    /// The PIN was not right.
    public void unlockFailed() {
        transition(Phase.UNLOCKING, Phase.LOCKED, null);
    }

    /// No own window has the focus any more: cover now, lock after the grace.
    public synchronized void focusLost(Cause why) {
        outside = why;
        cover(why);
    }

    private void cover(Cause why) {
        if (!transition(Phase.UNLOCKED, Phase.COVERED, why)) {
            return;
        }
        if (rules.grace().isZero() || thread.isShutdown()) {
            transition(Phase.COVERED, Phase.LOCKED, why);
            return;
        }
        pendingLock = thread.schedule(
                () -> transition(Phase.COVERED, Phase.LOCKED, why),
                rules.grace().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// An own window has the focus again: uncover, if the grace is not over.
    public synchronized void focusGained() {
        outside = null;
        if (pendingLock != null) {
            pendingLock.cancel(false);
            pendingLock = null;
        }
        transition(Phase.COVERED, Phase.UNLOCKED, null);
    }

    /// Locks now, from wherever it is.
    public void lock(Cause why) {
        if (!transition(Phase.UNLOCKED, Phase.LOCKED, why)
                && !transition(Phase.COVERED, Phase.LOCKED, why)
                && !transition(Phase.UNLOCKING, Phase.LOCKED, why)) {
            synchronized (this) {
                if (phase == Phase.LOCKED) {
                    cause = why;
                }
            }
        }
    }

    /// The vault was destroyed, or is being destroyed.
    public void wiped() {
        synchronized (this) {
            if (phase == Phase.WIPED) {
                return;
            }
            enter(Phase.WIPED, cause);
        }
    }

    /// A key was pressed or the pointer moved.
    public synchronized void activity() {
        lastActivity = nanoTime.getAsLong();
    }

    /// Checks idle time and clock; called by the machine's own timer, visible for tests with clocks of their own.
    void tick() {
        Cause due = null;
        synchronized (this) {
            long nanos = nanoTime.getAsLong();
            Instant wall = clock.instant();
            Duration ran = Duration.ofNanos(nanos - lastTickNanos);
            Duration shown = Duration.between(lastTickWall, wall);
            lastTickNanos = nanos;
            lastTickWall = wall;
            if (shown.minus(ran).abs().compareTo(JUMP) > 0) {
                due = Cause.CLOCK_JUMP;
            } else if (nanos - lastActivity >= rules.idle().toNanos()) {
                due = Cause.IDLE;
            }
            if (phase != Phase.UNLOCKED && phase != Phase.COVERED) {
                return;
            }
        }
        if (due != null) {
            lock(due);
        }
    }

    private synchronized boolean transition(Phase from, Phase to, @Nullable Cause why) {
        if (phase != from) {
            return false;
        }
        enter(to, why == null ? cause : why);
        return true;
    }

    /// Caller holds the monitor. The single thread keeps the order in which transitions happened.
    private void enter(Phase to, Cause why) {
        phase = to;
        cause = why;
        Instant at = clock.instant();
        if (!thread.isShutdown()) {
            thread.execute(() -> listener.entered(to, why, at));
        }
    }

    /// Runs something on the machine's thread, behind every transition so far. It must return soon: while it runs no
    /// lock is told.
    public void afterwards(Runnable work) {
        if (!thread.isShutdown()) {
            thread.execute(work);
        }
    }

    /// Returns when every transition so far has been told. Not for the machine's own thread.
    public void settle() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        afterwards(told::countDown);
        told.await(10, TimeUnit.SECONDS);
    }

    /// Ends the timer. Transitions after this are not told.
    @Override
    public void close() {
        ticks.cancel(false);
        thread.shutdown();
    }
}
