package strongroom.vault.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Wire;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Place;
import strongroom.vault.store.chunk.Segment;

/// Plaintext of one chunk after the other, all of it or a segment, in the same memory: with new memory for each,
/// reading takes twice as long. Nothing is there before it was authenticated. Several threads may open and close
/// it, one reads.
final class OpenChunk implements AutoCloseable {
    private final Chunks store;
    private final ChunkCipher cipher;
    private final byte[] header = new byte[ChunkCipher.HEADER];
    private byte[] sealed = {};
    private byte[] clear = {};
    /// Where in `clear` the open bytes begin.
    private int begin;
    /// Which bytes of the chunk's plaintext are open.
    private int first;
    private int end;
    private boolean closed;

    OpenChunk(Chunks store, ChunkCipher cipher) {
        this.store = store;
        this.cipher = cipher;
    }

    /// The first byte of the chunk that is open.
    int first() {
        return first;
    }

    /// Behind the last byte of the chunk that is open.
    int end() {
        return end;
    }

    /// Whether a byte of the chunk is open.
    boolean has(int at) {
        return at >= first && at < end;
    }

    /// An open byte. @param at where in the chunk
    byte get(int at) {
        return clear[begin + at - first];
    }

    /// Copies open bytes.
    ///
    /// @param at first of them, in the chunk
    void copy(int at, byte[] into, int offset, int count) {
        System.arraycopy(clear, begin + at - first, into, offset, count);
    }

    /// Copies open bytes. @param at first of them, in the chunk
    void copy(int at, ByteBuffer into, int count) {
        into.put(clear, begin + at - first, count);
    }

    /// Opens all of a chunk.
    ///
    /// @param known where it probably lies @throws StoreException `NOT_LOCAL` if it is not here, `DAMAGED` if it
    ///     does not open, `CLOSED` if the keys are gone
    synchronized void open(ChunkRef chunk, @Nullable Place known) throws StoreException {
        zero();
        if (closed) {
            throw Failure.closed();
        }
        Place place = read(chunk, known);
        int length = chunk.length();
        clear = room(clear, ChunkCipher.roomFor(length, place.length()));
        try {
            begin = store.isOwn(place)
                    ? cipher.open(chunk.id(), length, sealed, place.length(), clear)
                    : cipher.openAndCheck(chunk.id(), length, sealed, place.length(), clear);
        } catch (NotAuthenticException | IllegalStateException e) {
            throw refused(e);
        }
        end = length;
    }

    /// Opens what is around a byte of a chunk, if that can be done.
    ///
    /// @param place where it probably lies
    /// @return false if the chunk must be opened whole, or lies elsewhere by now
    synchronized boolean openAround(int at, ChunkRef chunk, Place place) throws StoreException {
        zero();
        Optional<Segment> holding = Segment.holding(at, chunk.length(), place.length());
        if (closed || holding.isEmpty() || !store.isOwn(place)) {
            return false;
        }
        Segment segment = holding.get();
        sealed = room(sealed, Segment.SEALED);
        clear = room(clear, Segment.BODY);
        if (!store.read(place, 0, header, header.length)
                || !ChunkCipher.opensInParts(header)
                || !store.read(place, segment.position(), sealed, segment.sealed())) {
            return false;
        }
        try {
            begin = cipher.open(chunk.id(), chunk.length(), header, segment, sealed, clear);
        } catch (NotAuthenticException | IllegalStateException e) {
            throw refused(e);
        }
        first = segment.from();
        end = segment.to();
        return true;
    }

    private static StoreException refused(Exception e) {
        return e instanceof NotAuthenticException
                ? Failure.damaged("A part of the document is damaged.", e)
                // The keys were zeroed under our hands.
                : Failure.closed();
    }

    /// @return where it lay
    private Place read(ChunkRef chunk, @Nullable Place known) throws StoreException {
        @Nullable Place place = known;
        for (int attempt = 0; attempt < 3; attempt++) {
            if (place != null) {
                sealed = room(sealed, Math.clamp(place.length(), 0, Wire.CHUNK_LIMIT));
                if (store.read(place, 0, sealed, place.length())) {
                    return place;
                }
            }
            // The other process may have moved it to a new pack meanwhile.
            place = store.place(chunk.id()).orElseThrow(Failure::notLocal);
        }
        throw Failure.notLocal();
    }

    private static byte[] room(byte[] there, int wanted) {
        return there.length >= wanted ? there : new byte[wanted];
    }

    private void zero() {
        Arrays.fill(clear, begin, begin + end - first, (byte) 0);
        begin = 0;
        first = 0;
        end = 0;
    }

    /// Zeroes what is open, for the next one.
    synchronized void forget() {
        zero();
    }

    /// Zeroes what is open; nothing is opened in it any more, also not by who is just about to.
    @Override
    public synchronized void close() {
        closed = true;
        zero();
    }
}
