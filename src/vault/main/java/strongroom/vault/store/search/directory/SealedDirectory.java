package strongroom.vault.store.search.directory;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.store.BaseDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.SingleInstanceLockFactory;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.DurableFile;
import strongroom.vault.store.chunk.PrivateFolder;

/// Files of an index in one folder, sealed under one key: no name and no byte of content is on the disk in clear, and
/// no byte is read that was not authenticated in its place. What does not hold is a
/// {@link org.apache.lucene.index.CorruptIndexException}. One object at a time has a folder open. Safe for several
/// threads; whatever is read or written after {@link #close} fails.
public final class SealedDirectory extends BaseDirectory {
    private static final String UNFINISHED = ".new";

    private final Path folder;
    private final FileSeal seal;
    private final BlockCache cache;
    private final Map<String, Long> lengths = new ConcurrentHashMap<>();
    private final Set<String> pendingDeletions = ConcurrentHashMap.newKeySet();
    private final AtomicLong serials = new AtomicLong();

    private SealedDirectory(Path folder, FileSeal seal, long cacheBytes) {
        super(new SingleInstanceLockFactory());
        this.folder = folder;
        this.seal = seal;
        this.cache = new BlockCache(cacheBytes);
    }

    /// Opens a folder; makes it if it is missing. What is in it and no whole file of this key is removed.
    ///
    /// @param key 32 bytes, copied @param cacheBytes how much opened content is kept in memory
    public static SealedDirectory open(Path folder, SecretBytes key, long cacheBytes, RandomGenerator random)
            throws IOException {
        PrivateFolder.makeDurably(folder);
        SealedDirectory directory = new SealedDirectory(folder, new FileSeal(key, random), cacheBytes);
        try {
            directory.load();
            return directory;
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    /// A crash leaves files that were not finished; they are removed like everything that is not a whole file in its
    /// place. Whoever needs one of them misses it.
    private void load() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!load(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private boolean load(Path path) throws IOException {
        // A FIFO in the place of a file would hang us, a link would lead out of the store.
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        byte[] header = new byte[FileSeal.HEADER];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.readFully(header);
            String name = seal.name(header);
            long length = FileSeal.contentLength(file.length());
            if (length < 0 || !path(name).equals(path)) {
                return false;
            }
            lengths.put(name, length);
            return true;
        } catch (NotAuthenticException | EOFException e) {
            return false;
        }
    }

    private Path path(String name) {
        return folder.resolve(seal.diskName(name));
    }

    @Override
    public String[] listAll() {
        ensureOpen();
        return lengths.keySet().stream().sorted().toArray(String[]::new);
    }

    @Override
    public long fileLength(String name) throws IOException {
        ensureOpen();
        Long length = lengths.get(name);
        if (length == null) {
            throw new NoSuchFileException(name);
        }
        return length;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        ensureOpen();
        removePending();
        if (lengths.putIfAbsent(name, 0L) != null) {
            throw new FileAlreadyExistsException(name);
        }
        Path path = path(name);
        // A crash may have left it behind without Lucene knowing of it.
        Files.deleteIfExists(path);
        PrivateFolder.makeFile(path);
        return new SealedOutput(path, name, seal, length -> lengths.put(name, length));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        String number = Long.toString(serials.incrementAndGet(), Character.MAX_RADIX);
        return createOutput(IndexFileNames.segmentFileName(prefix, suffix + "_" + number, "tmp"), context);
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        ensureOpen();
        if (!lengths.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        try {
            return new SealedInput(new SealedFile(path(name), name, serials.incrementAndGet(), seal, cache));
        } catch (FileNotFoundException e) {
            throw SealedFile.damaged(name, e);
        }
    }

    /// Writes the file anew, since its name is part of its seal; Lucene renames nothing but its small list of segments.
    @Override
    public void rename(String source, String destination) throws IOException {
        ensureOpen();
        if (lengths.containsKey(destination)) {
            throw new FileAlreadyExistsException(destination);
        }
        Path target = path(destination);
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        PrivateFolder.makeFile(unfinished);
        long[] whole = new long[1];
        try (IndexInput in = openInput(source, IOContext.READONCE);
                SealedOutput out = new SealedOutput(unfinished, destination, seal, length -> whole[0] = length)) {
            out.copyBytes(in, in.length());
        }
        force(unfinished);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lengths.put(destination, whole[0]);
        deleteFile(source);
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        ensureOpen();
        for (String name : names) {
            force(path(name));
        }
        removePending();
    }

    private static void force(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.getFD().sync();
        }
    }

    @Override
    public void syncMetaData() throws IOException {
        ensureOpen();
        DurableFile.forceFolder(folder);
    }

    @Override
    public void deleteFile(String name) throws IOException {
        ensureOpen();
        if (lengths.remove(name) == null) {
            throw new NoSuchFileException(name);
        }
        pendingDeletions.add(name);
        removePending();
    }

    /// Windows removes no file that is open; it goes later.
    private void removePending() {
        pendingDeletions.removeIf(name -> {
            try {
                Files.deleteIfExists(path(name));
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Override
    public Set<String> getPendingDeletions() {
        removePending();
        return Set.copyOf(pendingDeletions);
    }

    /// Forgets all that was opened and zeroes the keys. Nobody may read any more when this is called: what they read
    /// would be zeros.
    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            cache.clear();
            seal.close();
        }
    }
}
