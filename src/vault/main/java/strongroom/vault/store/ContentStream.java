package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
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
/// opened while the present one is read. Its exceptions have a {@link StoreException} as their cause. One thread at a
/// time.
final class ContentStream extends InputStream {
    private static final int AHEAD = 4;

    private final Iterator<ChunkRef> chunks;
    private final Chunks store;
    private final ChunkCipher cipher;
    private final @Nullable ExecutorService opening;
    private final Deque<Future<byte[]>> ahead = new ArrayDeque<>();
    private byte[] current = {};
    private int at;

    /// Reads with the calling thread alone.
    ContentStream(List<ChunkRef> chunks, Chunks store, ChunkCipher cipher) {
        this(chunks, store, cipher, null);
    }

    /// @param opening threads that decrypt ahead
    ContentStream(List<ChunkRef> chunks, Chunks store, ChunkCipher cipher, @Nullable ExecutorService opening) {
        this.chunks = chunks.iterator();
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
            byte @Nullable [] next = next();
            if (next == null) {
                return false;
            }
            current = next;
            return true;
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private byte @Nullable [] next() throws StoreException {
        if (opening == null) {
            return chunks.hasNext() ? open(chunks.next(), store, cipher) : null;
        }
        try {
            while (ahead.size() < AHEAD && chunks.hasNext()) {
                ChunkRef chunk = chunks.next();
                ahead.add(opening.submit(() -> open(chunk, store, cipher)));
            }
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
        for (Future<byte[]> chunk : ahead) {
            chunk.cancel(false);
            if (chunk.state() == Future.State.SUCCESS) {
                Arrays.fill(chunk.resultNow(), (byte) 0);
            }
        }
        ahead.clear();
    }
}
