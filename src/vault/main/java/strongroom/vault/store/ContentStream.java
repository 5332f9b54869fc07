package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.ChunkCipher;

/// The content of a document; no byte leaves before the whole of its chunk was authenticated. Chunks that come next are
/// opened while the present one is read; what is skipped is not opened at all. Its exceptions have a
/// {@link StoreException} as their cause. One thread at a time.
final class ContentStream extends InputStream {
    private static final int AHEAD = 4;

    private final List<ChunkRef> chunks;
    private final Chunks store;
    private final ChunkCipher cipher;
    private final @Nullable ExecutorService opening;
    private final Deque<Future<byte[]>> ahead = new ArrayDeque<>();
    /// How many chunks are opened in advance: few behind a leap, more and more while everything is read.
    private int window = AHEAD;
    /// Of the next chunk that nobody has been sent for.
    private int next;
    private byte[] current = {};
    private int at;
    /// Where in the next chunk reading goes on.
    private int within;

    /// Reads with the calling thread alone.
    ContentStream(List<ChunkRef> chunks, Chunks store, ChunkCipher cipher) {
        this(chunks, store, cipher, null);
    }

    /// @param opening threads that decrypt ahead
    ContentStream(List<ChunkRef> chunks, Chunks store, ChunkCipher cipher, @Nullable ExecutorService opening) {
        this.chunks = chunks;
        this.store = store;
        this.cipher = cipher;
        this.opening = chunks.size() > 1 ? opening : null;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public long skip(long count) {
        int here = Math.clamp(count, 0, current.length - at);
        at += here;
        if (here >= count) {
            return here;
        }
        next -= ahead.size();
        drop();
        long before = within;
        long passed = 0;
        long left = within + count - here;
        while (next < chunks.size() && chunks.get(next).length() <= left) {
            left -= chunks.get(next).length();
            passed += chunks.get(next).length();
            next++;
        }
        within = next < chunks.size() ? (int) left : 0;
        window = 1;
        return here + passed + within - before;
    }

    @Override
    public int available() {
        return current.length - at;
    }

    private boolean fill() throws IOException {
        if (at < current.length) {
            return true;
        }
        Arrays.fill(current, (byte) 0);
        current = new byte[0];
        at = 0;
        try {
            byte @Nullable [] opened = open();
            if (opened == null) {
                return false;
            }
            current = opened;
            at = within;
            within = 0;
            return true;
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private byte @Nullable [] open() throws StoreException {
        if (opening == null || (window == 1 && ahead.isEmpty())) {
            window = 2;
            return next < chunks.size() ? open(chunks.get(next++), store, cipher) : null;
        }
        try {
            while (ahead.size() < window && next < chunks.size()) {
                ChunkRef chunk = chunks.get(next++);
                ahead.add(opening.submit(() -> open(chunk, store, cipher)));
            }
            window = Math.min(AHEAD, 2 * window);
            return ahead.isEmpty() ? null : ahead.remove().get();
        } catch (RejectedExecutionException e) {
            throw Failure.closed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException broken) {
                throw broken;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// One chunk, whole.
    static byte[] open(ChunkRef chunk, Chunks store, ChunkCipher cipher) throws StoreException {
        try {
            Chunks.Sealed sealed = store.read(chunk.id());
            return sealed.own()
                    ? cipher.open(chunk.id(), chunk.length(), sealed.ciphertext())
                    : cipher.openAndCheck(chunk.id(), chunk.length(), sealed.ciphertext());
        } catch (NotAuthenticException e) {
            throw Failure.damaged("A part of the document is damaged.", e);
        } catch (IllegalStateException e) {
            // The keys were zeroed under our hands.
            throw Failure.closed();
        }
    }

    @Override
    public void close() {
        Arrays.fill(current, (byte) 0);
        at = current.length;
        drop();
    }

    private void drop() {
        for (Future<byte[]> chunk : ahead) {
            chunk.cancel(false);
            if (chunk.state() == Future.State.SUCCESS) {
                Arrays.fill(chunk.resultNow(), (byte) 0);
            }
        }
        ahead.clear();
    }
}
