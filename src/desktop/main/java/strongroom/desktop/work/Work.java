package strongroom.desktop.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.desktop.text.Text;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;

/// The calls a screen has under way. Closing it stops them all and drops what they would have reported, so that
/// after a lock nothing of the vault arrives in the window any more. Made and closed on the thread of the window;
/// a result that arrives too late and can be closed is closed.
public final class Work implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Executor background;
    private final Executor ui;
    private final Later later;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param background where calls may block; each on a thread of its own
    /// @param ui the thread of the window
    /// @param later delays on that thread
    public Work(Executor background, Executor ui, Later later) {
        this.background = background;
        this.ui = ui;
        this.later = later;
    }

    /// A narrower scope with the same threads, to be closed by the caller.
    public Work scope() {
        return new Work(background, ui, later);
    }

    /// Starts a call; exactly one of the two receivers gets its outcome, on the thread of the window, unless it is
    /// dropped.
    public <T> Running start(Call<T> call, Consumer<? super T> done, Consumer<ClientException> failed) {
        var mine = new Running();
        running.add(mine);
        background.execute(() -> run(mine, call, done, failed));
        return mine;
    }

    /// Starts a call that returns nothing.
    public Running start(Action action, Runnable done, Consumer<ClientException> failed) {
        return start(
                () -> {
                    action.call();
                    return done;
                },
                Runnable::run,
                failed);
    }

    /// Runs on the thread of the window after a while, unless this is closed by then.
    public void after(Duration delay, Runnable task) {
        later.after(delay, () -> {
            if (!closed) {
                task.run();
            }
        });
    }

    /// Runs on the thread of the window, unless this is closed by then. Any thread.
    public void onUi(Runnable task) {
        ui.execute(() -> {
            if (!closed) {
                task.run();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Running::drop);
        running.clear();
    }

    private <T> void run(Running mine, Call<T> call, Consumer<? super T> done, Consumer<ClientException> failed) {
        mine.begin();
        try {
            if (closed) {
                return;
            }
            T result = call.call();
            deliver(mine, () -> done.accept(result), () -> discard(result));
        } catch (ClientException e) {
            deliver(mine, () -> failed.accept(e), () -> {});
        } catch (RuntimeException e) {
            // A bug ends the operation, not the program; the user is told, whoever debugs finds it once in the log.
            LOG.error("a call of the window failed", e);
            var told = new ClientException(Problem.IO, Text.of("problem.bug"), e);
            deliver(mine, () -> failed.accept(told), () -> {});
        } finally {
            mine.end();
            running.remove(mine);
        }
    }

    private void deliver(Running mine, Runnable receiver, Runnable otherwise) {
        ui.execute(() -> (closed || mine.dropped() ? otherwise : receiver).run());
    }

    private static void discard(Object result) {
        if (result instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.debug("a late result could not be closed", e);
            }
        }
    }

    /// A call that may block and may be interrupted.
    @FunctionalInterface
    public interface Call<T> {
        /// What it yields.
        T call() throws ClientException;
    }

    /// A call that yields nothing.
    @FunctionalInterface
    public interface Action {
        /// Does it.
        void call() throws ClientException;
    }
}
