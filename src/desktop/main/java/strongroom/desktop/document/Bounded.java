package strongroom.desktop.document;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a decoder of a stranger's bytes within a time, whatever it does: loop, recurse without end, ask for all the
/// memory there is. Such a decoder runs on a thread of the system, since a loop on a virtual thread would keep its
/// carrier; at the end of its time it is asked to stop, and left alone if it does not listen.
final class Bounded {
    private static final Logger LOG = LoggerFactory.getLogger(Bounded.class);
    private static final long STACK = 4L << 20;

    private Bounded() {}

    /// @throws BrokenDocumentException if the document could not be decoded in time
    /// @throws InterruptedException if the caller is interrupted; the decoder is asked to stop
    static <T> T call(Duration limit, Decoder<T> decoder) throws BrokenDocumentException, InterruptedException {
        var stop = new Stop();
        var outcome = new CompletableFuture<T>();
        var thread = new Thread(null, () -> run(decoder, stop, outcome), "decoder", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BrokenDocumentException("viewer.slow", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrokenDocumentException broken) {
                throw broken;
            }
            throw new BrokenDocumentException("viewer.broken", e.getCause());
        } finally {
            stop.ask();
        }
    }

    private static <T> void run(Decoder<T> decoder, Stop stop, CompletableFuture<T> outcome) {
        try {
            T decoded = decoder.decode(stop);
            if (!outcome.complete(decoded)) {
                LOG.debug("a decoder ended after its time");
            }
        } catch (IOException | BrokenDocumentException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // Decoders meet hostile bytes with every kind of exception; each means the same to the user.
            outcome.completeExceptionally(e);
        } finally {
            outcome.completeExceptionally(new IOException("the decoder ended without a result"));
        }
    }

    /// Decodes bytes.
    @FunctionalInterface
    interface Decoder<T> {
        /// @param stop to be checked often
        T decode(Stop stop) throws IOException, BrokenDocumentException;
    }
}
