package strongroom.vault.store.chunk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;

/// Chunks that become durable together: their bytes by {@link #force}, their places by a transaction of the
/// caller's after it, and only then {@link #committed}. Closed without that, it leaves nothing, unless it is in
/// doubt whether the transaction may come true after all: then nobody writes to its packs until the next start. One
/// thread at a time.
public final class PackBatch implements AutoCloseable {
    /// One pack that this batch writes to. A document of any length goes into one batch, so a part that is full keeps
    /// neither its file open nor its buffer.
    private static final class Part {
        private final Pack pack;
        private final long counted;
        private final RandomAccessFile file;
        private final Executor writing;
        private byte[] buffer = new byte[BUFFER];
        private byte @Nullable [] spare;
        private int buffered;
        private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        private long length;
        private @Nullable CompletableFuture<Void> forced;

        private Part(Pack pack, long counted, RandomAccessFile file, Executor writing) throws IOException {
            this.writing = writing;
            this.pack = pack;
            this.counted = counted;
            this.file = file;
            this.length = counted;
            file.seek(counted);
        }

        private void write(byte[] bytes) throws IOException {
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, buffer.length - buffered);
                System.arraycopy(bytes, at, buffer, buffered, count);
                buffered += count;
                at += count;
                if (buffered == buffer.length) {
                    handOver();
                }
            }
            length += bytes.length;
        }

        /// Another thread writes what is full while this one fills another buffer.
        private void handOver() throws IOException {
            awaitWritten();
            byte[] full = buffer;
            buffer = spare == null ? new byte[BUFFER] : spare;
            spare = full;
            buffered = 0;
            try {
                written = CompletableFuture.runAsync(
                        () -> {
                            try {
                                put(full, full.length);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        writing);
            } catch (RejectedExecutionException e) {
                // The vault was locked under our hands.
                throw new ClosedChannelException();
            }
        }

        private void awaitWritten() throws IOException {
            try {
                written.join();
            } catch (CompletionException e) {
                throw failure(e);
            }
        }

        // Not a FileChannel: an interrupt would close it under our hands, and a full disk may cut a write short.
        private void put(byte[] bytes, int count) throws IOException {
            for (int at = 0; at < count; at += SLICE) {
                file.write(bytes, at, Math.min(SLICE, count - at));
            }
        }

        /// Lets the disk take what was written; nothing more is written to it afterwards.
        private void force() throws IOException {
            if (forced == null) {
                awaitWritten();
                put(buffer, buffered);
                buffered = 0;
                buffer = NOTHING;
                spare = null;
                forced = CompletableFuture.runAsync(() -> {
                    try (file) {
                        file.getFD().sync();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }

        /// Lets go of the file, whatever became of it.
        private void letGo() throws IOException {
            try {
                written.join();
                if (forced != null) {
                    forced.join();
                }
            } catch (CompletionException e) {
                // Told by force, if anybody asked for it.
            } finally {
                file.close();
            }
        }
    }

    private static final byte[] NOTHING = {};

    /// What another thread writes in one go, in bytes.
    private static final int BUFFER = 256 << 10;

    /// What is handed to the system at once, in bytes: long enough for the disk, short enough that the JDK's copy of it
    /// comes from memory that is there.
    private static final int SLICE = 64 << 10;

    private final PackFolder folder;
    private final BooleanSupplier inDoubt;
    private final List<Part> parts = new ArrayList<>();
    private boolean fresh;
    private boolean committed;

    PackBatch(PackFolder folder, BooleanSupplier inDoubt) {
        this.folder = folder;
        this.inDoubt = inDoubt;
    }

    /// Writes a chunk. @return where it will lie
    public Place add(Digest chunk, byte[] ciphertext) throws IOException {
        Part part = part();
        ByteBuffer header = ByteBuffer.allocate(PackFolder.RECORD_HEADER);
        Tag.of(chunk).write(header);
        part.write(header.putInt(ciphertext.length).array());
        Place place = new Place(part.pack, part.length, ciphertext.length);
        part.write(ciphertext);
        if (part.length >= PackFolder.FULL) {
            // While the next pack is filled, the disk takes this one.
            part.force();
        }
        return place;
    }

    private Part part() throws IOException {
        if (!parts.isEmpty() && parts.getLast().length < PackFolder.FULL) {
            return parts.getLast();
        }
        PackFolder.OpenPack next = folder.take();
        boolean made = next.length() == 0;
        if (made) {
            PrivateFolder.makeFile(folder.file(next.pack()));
            fresh = true;
        }
        RandomAccessFile file = new RandomAccessFile(folder.file(next.pack()).toFile(), "rw");
        Part part = new Part(next.pack(), next.length(), file, folder.writing());
        parts.add(part);
        if (made) {
            part.write(PackFolder.MAGIC);
        }
        return part;
    }

    /// All bytes are on the disk when this returns. After a failure the batch is lost: an operating system may forget
    /// that it could not write, so forcing again would prove nothing.
    ///
    /// @throws InterruptedIOException if the thread is interrupted meanwhile
    public void force() throws IOException {
        for (Part part : parts) {
            part.force();
        }
        try {
            for (Part part : parts) {
                if (part.forced != null) {
                    part.forced.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            throw failure(e);
        }
        if (fresh) {
            folder.force();
        }
    }

    private static IOException failure(Exception e) {
        Throwable cause = e.getCause();
        @Nullable IOException known = cause instanceof UncheckedIOException unchecked ? unchecked.getCause() : null;
        return known == null ? new IOException(cause) : known;
    }

    /// The packs it wrote to and how long they are now.
    public Map<Pack, Long> lengths() {
        Map<Pack, Long> lengths = new LinkedHashMap<>();
        parts.forEach(part -> lengths.put(part.pack, part.length));
        return lengths;
    }

    /// The database knows the places.
    public void committed() {
        committed = true;
    }

    @Override
    public void close() {
        for (Part part : parts) {
            try {
                part.letGo();
                if (committed) {
                    folder.resume(part.pack, part.length);
                } else if (!inDoubt.getAsBoolean()) {
                    takeBack(part);
                }
            } catch (IOException e) {
                // What is left behind is ciphertext that nobody counts; the next start of this side removes it.
            }
        }
        parts.clear();
    }

    private void takeBack(Part part) throws IOException {
        if (part.counted == 0) {
            Files.deleteIfExists(folder.file(part.pack));
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(folder.file(part.pack).toFile(), "rw")) {
            file.setLength(part.counted);
        }
        folder.resume(part.pack, part.counted);
    }
}
