package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Place;

/// The content of a document; no byte leaves before the whole of its chunk was authenticated. Chunks that come next are
/// opened while the present one is read; what is skipped is not opened at all. Its exceptions have a
/// {@link StoreException} as their cause. One thread at a time.
final class ContentStream extends InputStream {
    private static final int AHEAD = 4;

    private final LocatedChunks chunks;
    private final Chunks store;
    private final ChunkCipher cipher;
    private final @Nullable ExecutorService opening;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private final Deque<OpenChunk> idle = new ArrayDeque<>();
    /// How many chunks are opened in advance: few behind a leap, more and more while everything is read.
    private int window = AHEAD;
    /// Of the next chunk that nobody has been sent for.
    private int next;
    private @Nullable OpenChunk current;
    private int at;
    private int end;
    /// Where in the next chunk reading goes on.
    private int within;

    /// A chunk that is being opened.
    private record Ahead(OpenChunk chunk, Future<?> opened) {}

    /// Reads with the calling thread alone.
    ContentStream(LocatedChunks chunks, Chunks store, ChunkCipher cipher) {
        this(chunks, store, cipher, null);
    }

    /// @param opening threads that decrypt ahead
    ContentStream(LocatedChunks chunks, Chunks store, ChunkCipher cipher, @Nullable ExecutorService opening) {
        this.chunks = chunks;
        this.store = store;
        this.cipher = cipher;
        this.opening = chunks.size() > 1 ? opening : null;
    }

    @Override
    public int read() throws IOException {
        @Nullable OpenChunk from = fill();
        return from == null ? -1 : from.get(at++) & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        @Nullable OpenChunk from = fill();
        if (from == null) {
            return -1;
        }
        int count = Math.min(length, end - at);
        from.copy(at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public long skip(long count) {
        int here = Math.clamp(count, 0, end - at);
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
        return end - at;
    }

    /// @return the chunk that has the next byte; null at the end
    private @Nullable OpenChunk fill() throws IOException {
        if (at < end) {
            return current;
        }
        if (current != null) {
            current.forget();
            idle.push(current);
            current = null;
        }
        at = 0;
        end = 0;
        try {
            @Nullable OpenChunk opened = open();
            if (opened != null) {
                current = opened;
                end = opened.end();
                at = within;
                within = 0;
            }
            return opened;
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private @Nullable OpenChunk open() throws StoreException {
        if (opening == null || (window == 1 && ahead.isEmpty())) {
            window = 2;
            if (next >= chunks.size()) {
                return null;
            }
            OpenChunk chunk = room();
            chunk.open(chunks.get(next), chunks.place(next));
            next++;
            return chunk;
        }
        try {
            while (ahead.size() < window && next < chunks.size()) {
                ChunkRef chunk = chunks.get(next);
                @Nullable Place place = chunks.place(next);
                next++;
                OpenChunk room = room();
                ahead.add(new Ahead(room, opening.submit(() -> {
                    room.open(chunk, place);
                    return room;
                })));
            }
            window = Math.min(AHEAD, 2 * window);
            if (ahead.isEmpty()) {
                return null;
            }
            Ahead first = ahead.element();
            first.opened.get();
            // Not before: whoever is interrupted while waiting, and reads on, misses nothing.
            return ahead.remove().chunk;
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

    private OpenChunk room() {
        @Nullable OpenChunk used = idle.poll();
        return used == null ? new OpenChunk(store, cipher) : used;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
        at = end;
        drop();
    }

    private void drop() {
        for (Ahead dropped : ahead) {
            dropped.opened.cancel(false);
            dropped.chunk.close();
        }
        ahead.clear();
    }
}
