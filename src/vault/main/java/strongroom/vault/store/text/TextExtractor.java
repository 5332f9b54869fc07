package strongroom.vault.store.text;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Gets at the text of documents. Whatever the content is, a call ends soon after the time limit, and what it says is
/// an {@link Extraction}. Safe for several threads.
public final class TextExtractor {
    /// How much longer than its limit a parser may take that asks for its time too seldom.
    private static final Duration GRACE = Duration.ofSeconds(2);
    /// Threads that never came back; with so many of them only plain formats are read.
    private static final int MOST_STUCK = 4;

    /// Only one larger document at a time: two of them could fill the memory together.
    private static final int LARGE = 4 << 20;

    private final Semaphore large = new Semaphore(1);
    private final TextLimits limits;
    private final Set<Thread> stuck = ConcurrentHashMap.newKeySet();

    /// @param limits for every call
    public TextExtractor(TextLimits limits) {
        this.limits = limits;
    }

    /// Reads the text of one document.
    ///
    /// @param name as the user knows it; its ending is a hint
    /// @param content read as far as the limits go, not closed
    /// @param stopped asked often; once it says yes the result is not wanted any more, and of no use
    /// @throws IOException of `content`, never because of what the content is
    public Extraction extract(String name, InputStream content, BooleanSupplier stopped) throws IOException {
        byte[] bytes = content.readNBytes(limits.inputBytes());
        try {
            boolean whole = content.read() < 0;
            Format format = Format.of(name, bytes);
            if (!whole && !format.isPlain()) {
                return new Extraction.Failed(Extraction.Why.TOO_LARGE);
            }
            if (format.isPlain()) {
                return read(name, bytes, !whole, stopped);
            }
            if (bytes.length < LARGE) {
                return bounded(name, bytes, stopped);
            }
            large.acquireUninterruptibly();
            try {
                return bounded(name, bytes, stopped);
            } finally {
                large.release();
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// On a thread of its own, which is left to itself when it does not come back.
    private Extraction bounded(String name, byte[] bytes, BooleanSupplier stopped) {
        stuck.removeIf(thread -> !thread.isAlive());
        if (stuck.size() >= MOST_STUCK) {
            return new Extraction.Failed(Extraction.Why.TOO_SLOW);
        }
        AtomicBoolean given = new AtomicBoolean();
        CompletableFuture<Extraction> result = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform()
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .name("text")
                .start(() -> result.complete(read(name, bytes, false, () -> given.get() || stopped.getAsBoolean())));
        try {
            return result.get(limits.time().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            given.set(true);
            stuck.add(reader);
            return new Extraction.Failed(Extraction.Why.TOO_SLOW);
        } catch (InterruptedException e) {
            given.set(true);
            reader.interrupt();
            Thread.currentThread().interrupt();
            return new Extraction.Failed(Extraction.Why.TOO_SLOW);
        } catch (ExecutionException e) {
            return new Extraction.Failed(Extraction.Why.BROKEN);
        }
    }

    /// Parsers of others meet hostile content here: whatever they throw says that the content is broken.
    private Extraction read(String name, byte[] bytes, boolean cut, BooleanSupplier stopped) {
        TextSink sink = new TextSink(limits.characters());
        try {
            new Reading(sink, new Budget(limits, stopped)).read(name, bytes, 0);
            return sink.result(cut);
        } catch (TextSink.FullException e) {
            return sink.result(true);
        } catch (GivenUpException e) {
            return failed(e.why(), sink);
        } catch (OutOfMemoryError e) {
            // Nearly always one array of a length that the content claims.
            return failed(Extraction.Why.TOO_LARGE, sink);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return failed(Extraction.Why.BROKEN, sink);
        }
    }

    /// What was read before the fault can be found all the same.
    private static Extraction failed(Extraction.Why why, TextSink sink) {
        return sink.result(true) instanceof Extraction.Text text ? text : new Extraction.Failed(why);
    }
}
