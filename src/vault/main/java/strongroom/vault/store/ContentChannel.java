package strongroom.vault.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Place;
import strongroom.vault.store.chunk.Segment;

/// The content of a document, read wherever one likes; no byte leaves before it was authenticated. What was opened last
/// stays open, so small reads side by side cost little. Its exceptions have a {@link StoreException} as their cause.
/// One thread at a time.
final class ContentChannel implements SeekableByteChannel {
    private final List<ChunkRef> chunks;
    /// Where each chunk begins, and where the last one ends.
    private final long[] begins;
    private final Chunks store;
    private final ChunkCipher cipher;
    private final byte[] header = new byte[ChunkCipher.HEADER];
    private @Nullable Place @Nullable [] places;
    private long position;
    private boolean closed;

    /// Bytes `from` to `to` of the content, from `offset` on.
    private byte[] opened = {};

    private int offset;
    private long from;
    private long to;

    /// Ciphertext and plaintext of a segment: made once, for a large document is read thousands of times.
    private byte[] sealed = {};

    private byte[] segmentRoom = {};

    ContentChannel(List<ChunkRef> chunks, Chunks store, ChunkCipher cipher) {
        this.chunks = chunks;
        this.store = store;
        this.cipher = cipher;
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
            if (position < from || position >= to) {
                bring();
            }
            int count = (int) Math.min(into.remaining(), to - position);
            into.put(opened, offset + (int) (position - from), count);
            position += count;
        }
        return before - into.remaining();
    }

    private void bring() throws IOException {
        int found = Arrays.binarySearch(begins, position);
        int number = found >= 0 ? found : -found - 2;
        try {
            if (!bringSegment(number)) {
                bringChunk(number);
            }
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// @return false if the chunk must be opened whole, or has gone to another place since
    private boolean bringSegment(int number) throws StoreException {
        @Nullable Place place = place(number);
        ChunkRef chunk = chunks.get(number);
        if (place == null || !store.isOwn(place)) {
            return false;
        }
        Optional<Segment> holding = Segment.holding((int) (position - begins[number]), chunk.length(), place.length());
        if (holding.isEmpty()) {
            return false;
        }
        Segment segment = holding.get();
        if (sealed.length == 0) {
            sealed = new byte[Segment.SEALED];
            segmentRoom = new byte[Segment.BODY];
        }
        if (!store.read(place, 0, header, header.length)
                || !store.read(place, segment.position(), sealed, segment.sealed())) {
            // It was written to another pack, and others with it.
            places = null;
            return false;
        }
        forget();
        try {
            offset = cipher.open(chunk.id(), chunk.length(), header, segment, sealed, segmentRoom);
        } catch (NotAuthenticException e) {
            throw Failure.damaged("A part of the document is damaged.", e);
        } catch (IllegalStateException e) {
            // The keys were zeroed under our hands.
            throw Failure.closed();
        }
        opened = segmentRoom;
        from = begins[number] + segment.from();
        to = begins[number] + segment.to();
        return true;
    }

    private void bringChunk(int number) throws StoreException {
        forget();
        opened = ContentStream.open(chunks.get(number), store, cipher);
        from = begins[number];
        to = begins[number + 1];
    }

    private @Nullable Place place(int number) throws StoreException {
        @Nullable Place @Nullable [] known = places;
        if (known == null) {
            known = new @Nullable Place[chunks.size()];
            store.places(chunks, known);
            places = known;
        }
        return known[number];
    }

    private void forget() {
        Arrays.fill(opened, (byte) 0);
        opened = new byte[0];
        offset = 0;
        from = 0;
        to = 0;
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
        forget();
    }

    private void ensureOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
