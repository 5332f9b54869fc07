package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.CutSize;
import strongroom.vault.store.chunk.Pack;
import strongroom.vault.store.chunk.PackBatch;
import strongroom.vault.store.chunk.Place;

/// Turns the contents of one batch of documents into chunks: the calling thread reads, cuts and writes, other threads
/// name and encrypt. Clear text stays in buffers that are zeroed. One thread at a time; closed by whoever made it.
final class ContentWriter implements AutoCloseable {
    /// Clear text that may be on its way, in bytes.
    private static final int IN_FLIGHT = 16 << 20;

    private static final int BUFFER = 256 << 10;

    /// What became of a chunk. Its ciphertext is let go of when it is taken: a document may be longer than memory.
    private static final class Piece {
        private final ChunkRef ref;
        private byte @Nullable [] sealed;

        /// @param sealed null if the store has it already
        private Piece(ChunkRef ref, byte @Nullable [] sealed) {
            this.ref = ref;
            this.sealed = sealed;
        }

        private byte @Nullable [] take() {
            byte[] taken = sealed;
            sealed = null;
            return taken;
        }
    }

    /// A content that was read to its end.
    static final class Written {
        private final List<Future<Piece>> pieces = new ArrayList<>();
        private final List<ChunkRef> list = new ArrayList<>();
        private long size;

        private Written() {}

        /// How it is entered in the catalogue.
        Content content(Id revision, int version, Instant modified, int epoch) throws StoreException {
            boolean listed = !list.isEmpty();
            return new Content(revision, version, modified, epoch, size, listed, listed ? list : refs());
        }

        private List<ChunkRef> refs() throws StoreException {
            List<ChunkRef> refs = new ArrayList<>();
            for (Future<Piece> piece : pieces) {
                refs.add(await(piece).ref);
            }
            return refs;
        }
    }

    private final ChunkCipher cipher;
    private final Chunks chunks;
    private final Pins pins;
    private final ExecutorService sealing;
    private final RandomGenerator random;
    private final PackBatch batch;
    private final List<Digest> pinned = new ArrayList<>();
    private final Set<Digest> met = ConcurrentHashMap.newKeySet();
    private final Map<Digest, Place> placed = new LinkedHashMap<>();
    private final Deque<Future<Piece>> queue = new ArrayDeque<>();
    private final Deque<Integer> queueLengths = new ArrayDeque<>();
    private boolean closed;
    private long inFlight;
    private byte[] buffer = new byte[BUFFER];

    /// @param sealing threads that encrypt
    ContentWriter(ChunkCipher cipher, Chunks chunks, Pins pins, ExecutorService sealing, RandomGenerator random) {
        this.cipher = cipher;
        this.chunks = chunks;
        this.pins = pins;
        this.sealing = sealing;
        this.random = random;
        this.batch = chunks.batch();
    }

    /// Reads a content to its end.
    ///
    /// @param size about how long it is, in bytes @param progress is told how much was read
    Written write(InputStream content, long size, LongConsumer progress) throws StoreException {
        Written written = new Written();
        read(written, content, CutSize.of(size), progress);
        if (written.pieces.size() > Content.LISTED_ABOVE) {
            writeList(written);
        }
        return written;
    }

    private void read(Written written, InputStream content, CutSize cutSize, LongConsumer progress)
            throws StoreException {
        if (buffer.length < 2 * cutSize.most()) {
            Arrays.fill(buffer, (byte) 0);
            buffer = new byte[2 * cutSize.most()];
        }
        int from = 0;
        int to = 0;
        boolean end = false;
        while (true) {
            // One byte more than a chunk may have, to know whether it is the last one.
            if (!end && to - from <= cutSize.most()) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                to -= from;
                from = 0;
                int count = fill(content, to);
                end = count < buffer.length - to;
                to += count;
                progress.accept(count);
            }
            if (from == to) {
                return;
            }
            int length = cipher.cutter().cut(buffer, from, to, cutSize);
            submit(written, Arrays.copyOfRange(buffer, from, from + length), end && from + length == to);
            from += length;
        }
    }

    private int fill(InputStream content, int to) throws StoreException {
        if (Thread.currentThread().isInterrupted()) {
            throw Failure.cancelled();
        }
        try {
            return content.readNBytes(buffer, to, buffer.length - to);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failure.cancelled();
            }
            throw new StoreException(StoreException.Why.SOURCE_UNREADABLE, "The source cannot be read.", e);
        }
    }

    private void writeList(Written written) throws StoreException {
        byte[] list = ChunkRef.toByteArray(written.refs());
        Written listing = new Written();
        CutSize cutSize = CutSize.of(list.length);
        for (int from = 0; from < list.length; ) {
            int length = cipher.cutter().cut(list, from, list.length, cutSize);
            submit(listing, Arrays.copyOfRange(list, from, from + length), from + length == list.length);
            from += length;
        }
        written.list.addAll(listing.refs());
        written.pieces.addAll(listing.pieces);
    }

    /// @param plaintext taken over
    private void submit(Written written, byte[] plaintext, boolean last) throws StoreException {
        if (written.pieces.size() >= Content.CHUNK_LIMIT) {
            throw new StoreException(StoreException.Why.SOURCE_UNREADABLE, "The document is too long.");
        }
        while (inFlight > IN_FLIGHT) {
            takeOne();
        }
        try {
            Future<Piece> piece = sealing.submit(() -> seal(plaintext, last));
            queue.add(piece);
            queueLengths.add(plaintext.length);
            written.pieces.add(piece);
        } catch (RejectedExecutionException e) {
            throw Failure.closed();
        }
        inFlight += plaintext.length;
        written.size += plaintext.length;
    }

    private Piece seal(byte[] plaintext, boolean last) throws StoreException {
        try {
            Digest id = cipher.id(plaintext, plaintext.length);
            ChunkRef ref = new ChunkRef(id, plaintext.length);
            if (!met.add(id)) {
                return new Piece(ref, null);
            }
            pin(id);
            boolean known = chunks.has(id);
            return new Piece(ref, known ? null : cipher.seal(id, plaintext, plaintext.length, last, random));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private void pin(Digest id) throws StoreException {
        synchronized (pinned) {
            if (closed) {
                throw Failure.cancelled();
            }
            pins.pin(id);
            pinned.add(id);
        }
    }

    private void takeOne() throws StoreException {
        Piece piece = await(queue.remove());
        inFlight -= queueLengths.remove();
        byte[] sealed = piece.take();
        if (sealed != null) {
            try {
                placed.put(piece.ref.id(), batch.add(piece.ref.id(), sealed));
            } catch (IOException e) {
                throw Failure.of(e);
            }
        }
    }

    private static Piece await(Future<Piece> piece) throws StoreException {
        try {
            return piece.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException broken) {
                throw broken;
            }
            if (e.getCause() instanceof IllegalStateException) {
                // The keys were zeroed under our hands.
                throw Failure.closed();
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Forces all chunks to the disk. @param kept only their chunks get a place
    void publish(Collection<Written> kept) throws StoreException {
        if (Thread.currentThread().isInterrupted()) {
            throw Failure.cancelled();
        }
        while (!queue.isEmpty()) {
            takeOne();
        }
        Set<Digest> used = new HashSet<>();
        for (Written written : kept) {
            for (Future<Piece> piece : written.pieces) {
                used.add(await(piece).ref.id());
            }
        }
        placed.keySet().retainAll(used);
        try {
            batch.force();
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// After {@link #publish}: the packs and how long they are now.
    Map<Pack, Long> lengths() {
        return batch.lengths();
    }

    /// After {@link #publish}: the chunks that are new in the store.
    Map<Digest, Place> placed() {
        return placed;
    }

    /// The places are written down for good.
    void committed() {
        batch.committed();
    }

    @Override
    public void close() {
        for (Future<Piece> piece : queue) {
            piece.cancel(false);
        }
        batch.close();
        synchronized (pinned) {
            closed = true;
            pinned.forEach(pins::unpin);
        }
        Arrays.fill(buffer, (byte) 0);
    }
}
