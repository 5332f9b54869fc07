package strongroom.vault.store.search;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.text.TextExtractor;
import strongroom.vault.store.text.TextLimits;

/// Finds documents and folders by the words in their names and texts. Everything it keeps on disk is sealed; what is
/// damaged, missing, of another version or older than the {@link Anchor} says is thrown away and made anew. Safe for
/// several threads; closing ends an {@link #update} that is under way and leaves nothing that could still read.
public final class SearchIndex implements AutoCloseable {
    private final Path folder;
    private final SecretBytes key;
    private final Anchor anchor;
    private final RandomGenerator random;
    private final TextExtractor extractor = new TextExtractor(TextLimits.OFFICE);
    private final Set<Id> unreadable = ConcurrentHashMap.newKeySet();
    // Searches read, replacing the index or closing writes.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantLock rounds = new ReentrantLock();
    private OpenIndex index;
    private Anchor.Point point;
    private volatile boolean closed;

    private record Opened(OpenIndex index, Anchor.Point point) {}

    private SearchIndex(Path folder, SecretBytes key, Anchor anchor, RandomGenerator random, Opened opened) {
        this.folder = folder;
        this.key = key;
        this.anchor = anchor;
        this.random = random;
        this.index = opened.index;
        this.point = opened.point;
    }

    /// The key of the search of the store with this root key. @return closed by the caller
    public static SecretBytes key(SecretBytes rootKey) {
        return Hkdf.derive(rootKey, new byte[0], ascii("strongroom search v1"), Aead.KEY);
    }

    /// Opens the index of a store, or makes an empty one.
    ///
    /// @param folder made if it is missing; everything in it belongs to the index
    /// @param key see {@link #key}, copied
    /// @throws StoreException `IO` or `DISK_FULL` if the folder cannot be used
    public static SearchIndex open(Path folder, SecretBytes key, Anchor anchor, RandomGenerator random)
            throws StoreException {
        try {
            Opened opened = openOrMake(folder, key, anchor, random);
            return new SearchIndex(folder, key.copy(), anchor, random, opened);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static Opened openOrMake(Path folder, SecretBytes key, Anchor anchor, RandomGenerator random)
            throws IOException, StoreException {
        Optional<Anchor.Point> known = anchor.read();
        if (known.isPresent()) {
            try {
                OpenIndex index = open(folder, key, known.get(), random);
                if (index.generation() >= known.get().generation()) {
                    return new Opened(index, known.get());
                }
                index.close();
            } catch (IOException e) {
                if (!isDamage(e)) {
                    throw e;
                }
            }
        }
        return make(folder, key, anchor, random);
    }

    /// Under a name that was never used, so that no file of an index before it opens.
    private static Opened make(Path folder, SecretBytes key, Anchor anchor, RandomGenerator random)
            throws IOException, StoreException {
        empty(folder);
        Anchor.Point fresh = new Anchor.Point(Id.random(random), 0);
        anchor.write(fresh);
        return new Opened(open(folder, key, fresh, random), fresh);
    }

    private static OpenIndex open(Path folder, SecretBytes key, Anchor.Point point, RandomGenerator random)
            throws IOException {
        try (SecretBytes own =
                Hkdf.derive(key, point.index().toByteArray(), ascii("strongroom search index v1"), Aead.KEY)) {
            return OpenIndex.open(folder, own, random);
        }
    }

    private static void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (NoSuchFileException e) {
            // Nothing was there.
            return;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Documents and folders that hold all the words, best first; the last word may be only begun.
    ///
    /// @param typed as it stands in the box; `"words in quotes"` stand in that order @param limit most hits
    /// @throws StoreException `CLOSED`, `IO`; a damaged index has no hits until it was made anew by {@link #update}
    public List<Hit> search(String typed, int limit) throws StoreException {
        return search(typed, limit, limit);
    }

    /// The same with snippets for the first ones only, as many as can be seen: they cost more than the finding.
    public List<Hit> search(String typed, int limit, int snippets) throws StoreException {
        Wanted wanted = Wanted.of(typed);
        if (wanted.isEmpty() || limit < 1) {
            return List.of();
        }
        lock.readLock().lock();
        try {
            if (closed) {
                throw locked();
            }
            return index.search(wanted, limit, snippets);
        } catch (IOException e) {
            if (!isDamage(e)) {
                throw failure(e);
            }
        } catch (AlreadyClosedException e) {
            // A failure below closed it; the next update opens it again.
            return List.of();
        } finally {
            lock.readLock().unlock();
        }
        replace(true);
        return List.of();
    }

    /// Brings the index in step with the documents. What was put in is found at once and durable in between.
    ///
    /// @throws StoreException `CLOSED`, `CANCELLED` if the thread is interrupted, `DISK_FULL`, `IO`; what was put
    /// in stays
    public void update(Corpus corpus, IndexWatch watch) throws StoreException {
        round(() -> new Update(index(), corpus, extractor, unreadable, () -> closed).run(this::commit, watch));
    }

    /// Removes what is left of the names and texts of documents that are gone or changed. Until then they are not found
    /// any more, but are in the sealed files. Takes up to some seconds.
    public void expunge() throws StoreException {
        round(() -> {
            if (index().hasRemains()) {
                index().expunge();
                commit();
                index().dropFiles();
            }
        });
    }

    private interface Round {
        void run() throws IOException, StoreException;
    }

    private void round(Round round) throws StoreException {
        rounds.lock();
        try {
            try {
                round.run();
            } catch (IOException | AlreadyClosedException e) {
                Throwable cause = e instanceof AlreadyClosedException && e.getCause() != null ? e.getCause() : e;
                replace(isDamage(cause) || cause instanceof AlreadyClosedException);
                if (cause instanceof IOException below && !isDamage(below)) {
                    throw failure(below);
                }
                round.run();
            }
        } catch (IOException e) {
            throw failure(e);
        } catch (AlreadyClosedException e) {
            throw closed ? locked() : new StoreException(StoreException.Why.IO, "The search index was closed.", e);
        } finally {
            rounds.unlock();
        }
    }

    private OpenIndex index() throws StoreException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw locked();
            }
            return index;
        } finally {
            lock.readLock().unlock();
        }
    }

    private void commit() throws IOException, StoreException {
        long generation = index().commit();
        lock.readLock().lock();
        try {
            if (closed) {
                throw locked();
            }
            if (generation != point.generation()) {
                Anchor.Point now = new Anchor.Point(point.index(), generation);
                anchor.write(now);
                point = now;
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Opens the index again. @param anew empty, under keys of its own
    private void replace(boolean anew) throws StoreException {
        lock.writeLock().lock();
        try {
            if (closed) {
                throw locked();
            }
            index.close();
            Opened opened = anew ? make(folder, key, anchor, random) : openOrMake(folder, key, anchor, random);
            index = opened.index;
            point = opened.point;
        } catch (IOException e) {
            throw failure(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static boolean isDamage(@Nullable Throwable e) {
        return e instanceof CorruptIndexException
                || e instanceof IndexFormatTooNewException
                || e instanceof IndexFormatTooOldException
                || e instanceof IndexNotFoundException
                || e instanceof EOFException
                || e instanceof NoSuchFileException
                || e instanceof FileNotFoundException;
    }

    private static StoreException failure(IOException e) {
        boolean full = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no space left");
        return full
                ? new StoreException(StoreException.Why.DISK_FULL, "The disk is full. Nothing new can be searched.", e)
                : new StoreException(StoreException.Why.IO, "The search index cannot be read or written.", e);
    }

    private static StoreException locked() {
        return new StoreException(StoreException.Why.CLOSED, "The vault is locked.");
    }

    /// Drops everything that was read and zeroes the keys; what was not committed is indexed again the next time.
    @Override
    public void close() {
        closed = true;
        lock.writeLock().lock();
        try {
            index.close();
            key.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
