package strongroom.vault.store.search;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.text.Extraction;
import strongroom.vault.store.text.TextExtractor;

/// One round that brings the index in step with the catalogue: what is gone is taken out, what is new or changed is
/// read and put in, by a few threads. Used once.
final class Update {
    /// Makes durable what is in the index by now.
    @FunctionalInterface
    interface Commit {
        void run() throws IOException, StoreException;
    }

    /// @param fresh whether the index has nothing of it
    private record Task(Corpus.Entry entry, boolean fresh) {}

    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 2);
    private static final long TICK_MILLISECONDS = 200;
    private static final long COMMIT_NANOSECONDS = TimeUnit.SECONDS.toNanos(10);
    /// What was put in can be found soon, and in longer and longer steps: each makes a part of the index of its own,
    /// which must be merged with others later.
    private static final long FIRST_REFRESH_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLISECONDS);
    private static final long LONGEST_REFRESH_NANOSECONDS = TimeUnit.SECONDS.toNanos(5);

    private final OpenIndex index;
    private final Corpus corpus;
    private final TextExtractor extractor;
    private final Set<Id> unreadable;
    private final BooleanSupplier stopped;
    private final List<Task> work = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// @param unreadable revisions whose content could not be read in this session; grows
    /// @param stopped whether to end early
    Update(OpenIndex index, Corpus corpus, TextExtractor extractor, Set<Id> unreadable, BooleanSupplier stopped) {
        this.index = index;
        this.corpus = corpus;
        this.extractor = extractor;
        this.unreadable = unreadable;
        this.stopped = stopped;
    }

    /// @throws StoreException `CANCELLED` if the calling thread is interrupted, `CLOSED` if it was stopped
    void run(Commit commit, IndexWatch watch) throws IOException, StoreException {
        plan();
        if (!work.isEmpty()) {
            watch.at(0, work.size());
            work(commit, watch);
        }
        commit.run();
        index.refresh();
        watch.at(work.size(), work.size());
    }

    private void plan() throws IOException, StoreException {
        Map<Id, IndexFields.State> known = index.states();
        for (Corpus.Entry entry : corpus.entries()) {
            IndexFields.State state = known.remove(entry.id());
            if (state == null || !(state.covers(entry) || isUnreadable(state, entry))) {
                work.add(new Task(entry, state == null));
            }
        }
        index.remove(known.keySet());
    }

    /// Tried once in this session already, and nothing else changed.
    private boolean isUnreadable(IndexFields.State state, Corpus.Entry entry) {
        return entry.revision() != null
                && unreadable.contains(entry.revision())
                && state.equals(IndexFields.State.of(entry, false));
    }

    private void work(Commit commit, IndexWatch watch) throws IOException, StoreException {
        int threads = Math.min(THREADS, work.size());
        CountDownLatch running = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform()
                    .daemon()
                    .priority(Thread.MIN_PRIORITY)
                    .name("index")
                    .start(() -> {
                        try {
                            workUntilDone();
                        } finally {
                            running.countDown();
                        }
                    });
        }
        try {
            long committed = System.nanoTime();
            long refreshed = committed;
            long interval = FIRST_REFRESH_NANOSECONDS;
            while (!running.await(TICK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                // All of it is done only when it can be found.
                watch.at(Math.min(done.get(), work.size() - 1), work.size());
                if (System.nanoTime() - refreshed >= interval) {
                    index.refresh();
                    refreshed = System.nanoTime();
                    interval = Math.min(LONGEST_REFRESH_NANOSECONDS, 2 * interval);
                }
                if (System.nanoTime() - committed > COMMIT_NANOSECONDS) {
                    commit.run();
                    committed = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new StoreException(StoreException.Why.CANCELLED, "The work was ended before it was done.", e));
        } catch (IOException | StoreException | RuntimeException e) {
            fail(e);
        }
        tellFailure();
    }

    private void tellFailure() throws IOException, StoreException {
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case StoreException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void fail(Throwable why) {
        failure.compareAndSet(null, why);
    }

    /// What ends a thread of the work is told by the thread that waits for it.
    private void workUntilDone() {
        try {
            for (int i = next.getAndIncrement(); i < work.size() && failure.get() == null; i = next.getAndIncrement()) {
                if (stopped.getAsBoolean()) {
                    throw new StoreException(StoreException.Why.CLOSED, "The vault is locked.");
                }
                index(work.get(i));
                done.incrementAndGet();
            }
        } catch (IOException | StoreException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void index(Task task) throws IOException, StoreException {
        Corpus.Entry entry = task.entry;
        if (entry.revision() == null) {
            put(task, IndexFields.State.of(entry, true), null);
        } else if (!entry.local()) {
            put(task, IndexFields.State.of(entry, false), null);
        } else {
            Extraction read = read(entry, entry.revision());
            if (stopped.getAsBoolean()) {
                throw new StoreException(StoreException.Why.CLOSED, "The vault is locked.");
            }
            boolean complete = !unreadable.contains(entry.revision());
            put(
                    task,
                    IndexFields.State.of(entry, complete),
                    read instanceof Extraction.Text text ? text.content() : null);
        }
    }

    private void put(Task task, IndexFields.State state, @Nullable String text) throws IOException {
        if (task.fresh) {
            index.add(state, text);
        } else {
            index.put(state, text);
        }
    }

    private Extraction read(Corpus.Entry entry, Id revision) throws StoreException {
        try (InputStream content = corpus.open(entry.id())) {
            return extractor.extract(entry.name(), content, () -> stopped.getAsBoolean() || failure.get() != null);
        } catch (StoreException e) {
            return unread(revision, e);
        } catch (IOException e) {
            return unread(
                    revision,
                    e.getCause() instanceof StoreException cause
                            ? cause
                            : new StoreException(StoreException.Why.IO, "The document cannot be read.", e));
        }
    }

    /// A document that cannot be read is found by its name; whether it is damaged is for the check of the store to say.
    private Extraction unread(Id revision, StoreException e) throws StoreException {
        switch (e.why()) {
            case CLOSED, CANCELLED -> throw e;
            case NOT_FOUND, NAME_REFUSED, DAMAGED, NOT_LOCAL, DISK_FULL, SOURCE_UNREADABLE, CONTRADICTION, IO ->
                unreadable.add(revision);
        }
        return new Extraction.Nothing();
    }
}
