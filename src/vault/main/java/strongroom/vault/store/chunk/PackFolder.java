package strongroom.vault.store.chunk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.Wire;
import strongroom.vault.home.DurableFile;

/// The folder of packs, which hold ciphertext one chunk behind the other. Which bytes of a pack count is written in the
/// database; what a crash left behind them is overwritten, and a pack that the database does not know is nothing.
/// Window and agent use the same folder, each writes to packs of its own. Safe for several threads.
public final class PackFolder implements AutoCloseable {
    /// From this length on nothing more is put into a pack, in bytes.
    public static final long FULL = 32L << 20;

    static final byte[] MAGIC = "SRPACK2\n".getBytes(StandardCharsets.US_ASCII);
    /// What stands before each ciphertext, in bytes: a tag that its chunk's name leads to, and its length.
    public static final int RECORD_HEADER = Tag.SIZE + Integer.BYTES;

    /// Length of a pack that holds nothing, in bytes.
    public static final int EMPTY = MAGIC.length;

    private static final int OPEN_FILES = 64;
    private static final int SLICE = Segment.SEALED;

    private final Path folder;
    private final Side side;
    private final RandomGenerator random;
    private final ExecutorService writing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("packs").factory());
    private final Deque<OpenPack> idle = new ArrayDeque<>();
    private final Map<Pack, Opened> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /// A file that is being read; who reads or closes it holds its monitor.
    private static final class Opened {
        private final RandomAccessFile file;
        private boolean closed;

        private Opened(RandomAccessFile file) {
            this.file = file;
        }
    }

    /// A pack that one batch at a time writes to. @param length of what counts
    record OpenPack(Pack pack, long length) {}

    /// Opens the folder. @param folder made if missing
    public PackFolder(Path folder, Side side, RandomGenerator random) throws IOException {
        this.folder = folder;
        this.side = side;
        this.random = random;
        PrivateFolder.makeDurably(folder);
    }

    /// Where the packs are.
    public Path path() {
        return folder;
    }

    /// Packs of this side that a crash left and the database does not know. @param known all that it knows
    public List<Pack> unknown(Collection<Pack> known) throws IOException {
        List<Pack> found = new ArrayList<>();
        PackScan.packs(folder, (pack, file) -> {
            if (pack.side() == side && !known.contains(pack)) {
                found.add(pack);
            }
        });
        return found;
    }

    /// Lets a pack of this side that is not full be written to again. @param length of what counts
    public synchronized void resume(Pack pack, long length) {
        if (length < FULL) {
            idle.add(new OpenPack(pack, length));
        }
    }

    /// Lets nothing be written to a pack of this side any more, until it is resumed. @return false if a batch is at it
    public synchronized boolean withdraw(Pack pack) {
        return idle.removeIf(there -> there.pack.equals(pack));
    }

    /// Begins a batch, closed by the caller.
    ///
    /// @param inDoubt whether the database may know its places although the transaction was told to have failed
    public PackBatch batch(BooleanSupplier inDoubt) {
        return new PackBatch(this, inDoubt);
    }

    synchronized OpenPack take() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        for (OpenPack next = idle.poll(); next != null; next = idle.poll()) {
            // What was cut, replaced or taken away is left as it is, for whoever repairs it.
            Path file = file(next.pack);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) >= next.length) {
                return next;
            }
        }
        return new OpenPack(new Pack(Id.random(random), side), 0);
    }

    /// The thread that writes what batches hand over.
    Executor writing() {
        return writing;
    }

    Path file(Pack pack) {
        return folder.resolve(pack.fileName());
    }

    /// Makes the names of new packs durable.
    void force() throws IOException {
        DurableFile.forceFolder(folder);
    }

    /// The ciphertext that lies there.
    ///
    /// @throws NoSuchFileException if the pack is not here, or something that is no file is in its place
    public byte[] read(Place place) throws IOException {
        expectPossible(place);
        byte[] bytes = new byte[place.length()];
        read(place, 0, bytes, bytes.length);
        return bytes;
    }

    /// A table that was changed may say anything.
    private static void expectPossible(Place place) throws IOException {
        if (place.length() < 0 || place.length() > Wire.CHUNK_LIMIT || place.position() < 0) {
            throw new IOException("no chunk is that long");
        }
    }

    /// Some of the ciphertext that lies there.
    ///
    /// @param from first byte of the ciphertext @param into gets them @param length how many
    /// @throws NoSuchFileException as {@link #read(Place)}
    public void read(Place place, int from, byte[] into, int length) throws IOException {
        expectPossible(place);
        while (true) {
            Opened opened = opened(place.pack());
            synchronized (opened) {
                // Somebody may have closed it since: to remove the pack, or to keep the number of open files small.
                if (!opened.closed) {
                    opened.file.seek(place.position() + from);
                    for (int at = 0; at < length; at += SLICE) {
                        opened.file.readFully(into, at, Math.min(SLICE, length - at));
                    }
                    return;
                }
            }
        }
    }

    private synchronized Opened opened(Pack pack) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        Opened known = open.get(pack);
        if (known != null) {
            return known;
        }
        Path path = file(pack);
        // A FIFO in the place of a pack would hang us, a link would lead out of the store.
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(pack.fileName());
        }
        Opened file = new Opened(reading(path));
        open.put(pack, file);
        if (open.size() > OPEN_FILES) {
            Pack eldest = open.keySet().iterator().next();
            close(open.remove(eldest));
        }
        return file;
    }

    private static RandomAccessFile reading(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            // Also said of a file that cannot be opened; only one that was removed since the look above is gone.
            throw Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? e : new NoSuchFileException(path.toString());
        }
    }

    private static void close(@Nullable Opened opened) throws IOException {
        if (opened != null) {
            synchronized (opened) {
                opened.closed = true;
                opened.file.close();
            }
        }
    }

    /// How long a pack's file is, in bytes. @throws NoSuchFileException if it is not here
    public long length(Pack pack) throws IOException {
        Path path = file(pack);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(pack.fileName());
        }
        return Files.size(path);
    }

    /// Removes a pack. @return false if it could not: it takes room and does no harm
    public synchronized boolean delete(Pack pack) {
        try {
            // Under the lock: who opened it again in between would keep its bytes on the disk for as long as we run.
            close(open.remove(pack));
            idle.removeIf(there -> there.pack.equals(pack));
            return Files.deleteIfExists(file(pack));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        writing.shutdown();
        for (Opened file : open.values()) {
            try {
                close(file);
            } catch (IOException e) {
                // It was only read.
            }
        }
        open.clear();
    }
}
