package strongroom.vault.store.search.directory;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.AlreadyClosedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SegmentCipher;

/// A file that is open for reading, for all inputs that look at it. Safe for several threads.
///
/// Not a channel: an interrupt while one thread reads would close a channel for all of them.
final class SealedFile implements AutoCloseable {
    private final String name;
    private final long serial;
    private final long length;
    private final BlockCache cache;
    private final RandomAccessFile file;
    private final SecretBytes key;
    private final SegmentCipher cipher;
    private boolean closed;

    /// @param serial never given to another file of this cache
    SealedFile(Path path, String name, long serial, FileSeal seal, BlockCache cache) throws IOException {
        this.name = name;
        this.serial = serial;
        this.cache = cache;
        this.file = new RandomAccessFile(path.toFile(), "r");
        try {
            this.length = FileSeal.contentLength(file.length());
            byte[] header = new byte[FileSeal.HEADER];
            file.readFully(header);
            if (length < 0 || !seal.name(header).equals(name)) {
                throw new NotAuthenticException();
            }
            this.key = seal.contentKey(header, name);
            this.cipher = FileSeal.cipher(key, name);
        } catch (NotAuthenticException | EOFException e) {
            file.close();
            throw damaged(name, e);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    static CorruptIndexException damaged(String name, Throwable cause) {
        return new CorruptIndexException("a file of the search index is damaged or not in its place", name, cause);
    }

    String name() {
        return name;
    }

    long length() {
        return length;
    }

    /// One block of the content, which nobody changes.
    byte[] block(int number) throws IOException {
        byte[] known = cache.get(serial, number);
        if (known != null) {
            return known;
        }
        byte[] block = read(number);
        cache.put(serial, number, block);
        return block;
    }

    private synchronized byte[] read(int number) throws IOException {
        if (closed) {
            throw new AlreadyClosedException("the search index is closed");
        }
        boolean last = number == FileSeal.segments(length) - 1;
        int size = last ? Math.toIntExact(length - (long) number * FileSeal.BLOCK) : FileSeal.BLOCK;
        byte[] sealed = new byte[size + SegmentCipher.OVERHEAD];
        byte[] block = new byte[size];
        try {
            file.seek(FileSeal.HEADER + (long) number * FileSeal.SEALED_BLOCK);
            file.readFully(sealed);
            cipher.open(number, last, sealed, 0, sealed.length, block, 0);
            return block;
        } catch (NotAuthenticException | EOFException e) {
            throw damaged(name, e);
        } catch (IllegalStateException e) {
            throw new AlreadyClosedException("the search index is closed", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            cache.forget(serial);
            key.close();
            file.close();
        }
    }
}
