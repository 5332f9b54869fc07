package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import strongroom.protocol.Digest;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.ChunkCutter;
import strongroom.vault.store.chunk.ChunkFiles;
import strongroom.vault.store.chunk.FixedCutter;

/// Turns the contents of one batch of documents into chunk files. Clear text stays in one buffer, which is zeroed.
/// One thread at a time; closed by whoever made it.
final class ContentWriter implements AutoCloseable {
    private final ChunkCipher cipher;
    private final ChunkFiles files;
    private final Pins pins;
    private final Predicate<Digest> known;
    private final ChunkFiles.Batch batch;
    private final ChunkCutter cutter = new FixedCutter();
    private final byte[] buffer = new byte[cutter.longest()];
    private final List<Digest> pinned = new ArrayList<>();
    private final Set<Digest> fresh = new LinkedHashSet<>();

    /// @param known whether a chunk is named in the log already
    ContentWriter(ChunkCipher cipher, ChunkFiles files, Pins pins, Predicate<Digest> known) {
        this.cipher = cipher;
        this.files = files;
        this.pins = pins;
        this.known = known;
        this.batch = files.batch();
    }

    /// Reads a content to its end. If it fails, nothing of this document stays in the batch.
    List<ChunkRef> write(InputStream content) throws StoreException {
        List<ChunkRef> chunks = new ArrayList<>();
        List<Digest> added = new ArrayList<>();
        int mark = batch.size();
        try {
            for (int length = next(content); length > 0; length = next(content)) {
                Digest id = cipher.id(buffer, length);
                pins.pin(id);
                pinned.add(id);
                if (!fresh.contains(id) && !(known.test(id) && files.has(id))) {
                    batch.add(id, cipher.seal(id, buffer, length));
                    fresh.add(id);
                    added.add(id);
                }
                chunks.add(new ChunkRef(id, length));
                if (chunks.size() > Content.CHUNK_LIMIT) {
                    throw new StoreException(StoreException.Why.SOURCE_UNREADABLE, "The document is too long.");
                }
            }
            return chunks;
        } catch (IOException e) {
            takeBack(mark, added);
            throw Failure.of(e);
        } catch (IllegalStateException e) {
            // The keys were zeroed under our hands.
            takeBack(mark, added);
            throw Failure.closed();
        } catch (StoreException e) {
            takeBack(mark, added);
            throw e;
        }
    }

    private void takeBack(int mark, List<Digest> added) {
        batch.takeBack(mark);
        added.forEach(fresh::remove);
    }

    private int next(InputStream content) throws StoreException {
        if (Thread.currentThread().isInterrupted()) {
            throw Failure.cancelled();
        }
        try {
            return cutter.next(content, buffer);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failure.cancelled();
            }
            throw new StoreException(StoreException.Why.SOURCE_UNREADABLE, "The source cannot be read.", e);
        }
    }

    /// Makes all chunks durable. @return those that the log must name
    Set<Digest> publish() throws StoreException {
        if (Thread.currentThread().isInterrupted()) {
            throw Failure.cancelled();
        }
        try {
            batch.publish();
            return fresh;
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    @Override
    public void close() {
        batch.close();
        pinned.forEach(pins::unpin);
        Arrays.fill(buffer, (byte) 0);
    }
}
