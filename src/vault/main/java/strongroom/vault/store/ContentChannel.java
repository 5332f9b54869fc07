package strongroom.vault.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Place;

/// The content of a document, read wherever one likes; no byte leaves before it was authenticated. What was opened last
/// stays open, so small reads side by side cost little. Its exceptions have a {@link StoreException} as their cause.
/// One thread at a time.
final class ContentChannel implements SeekableByteChannel {
    private final LocatedChunks chunks;
    /// Where each chunk begins, and where the last one ends.
    private final long[] begins;
    private final OpenChunk open;
    private long position;
    private volatile boolean closed;
    /// The chunk that is open.
    private int number = -1;

    ContentChannel(LocatedChunks chunks, Chunks store, ChunkCipher cipher) {
        this.chunks = chunks;
        this.open = new OpenChunk(store, cipher);
        this.begins = new long[chunks.size() + 1];
        for (int i = 0; i < chunks.size(); i++) {
            begins[i + 1] = begins[i] + chunks.get(i).length();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        ensureOpen();
        if (position >= size()) {
            return -1;
        }
        int before = into.remaining();
        while (into.hasRemaining() && position < size()) {
            int at = bring();
            int count = Math.min(into.remaining(), open.end() - at);
            open.copy(at, into, count);
            position += count;
        }
        return before - into.remaining();
    }

    /// Sees to it that the byte at the position is open. @return where in its chunk it is
    private int bring() throws IOException {
        if (number < 0 || position < begins[number] || position >= begins[number + 1]) {
            int found = Arrays.binarySearch(begins, position);
            number = found >= 0 ? found : -found - 2;
            open.forget();
        }
        int at = (int) (position - begins[number]);
        if (!open.has(at)) {
            try {
                open(at);
            } catch (StoreException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return at;
    }

    private void open(int at) throws StoreException {
        ChunkRef chunk = chunks.get(number);
        @Nullable Place place = chunks.place(number);
        if (place == null || !open.openAround(at, chunk, place)) {
            open.open(chunk, place);
        }
    }

    @Override
    public long position() throws IOException {
        ensureOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        ensureOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("there is nothing before the beginning");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return begins[begins.length - 1];
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        open.close();
    }

    private void ensureOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
