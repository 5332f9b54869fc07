package strongroom.vault.store.search.directory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.IndexOutput;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SegmentCipher;

/// Writes a sealed file from its beginning to its end. Whole only after {@link #close}. For one thread.
final class SealedOutput extends IndexOutput {
    /// Told when the file is whole.
    @FunctionalInterface
    interface Whole {
        void of(long length);
    }

    private final RandomAccessFile file;
    private final SecretBytes key;
    private final SegmentCipher cipher;
    private final Whole whole;
    private final byte[] block = new byte[FileSeal.BLOCK];
    private final byte[] sealed = new byte[FileSeal.SEALED_BLOCK];
    private final CRC32 checksum = new CRC32();
    private int filled;
    private int counted;
    private int number;
    private boolean closed;

    /// @param path an empty file
    SealedOutput(Path path, String name, FileSeal seal, Whole whole) throws IOException {
        super("sealed " + name, name);
        this.whole = whole;
        byte[] header = seal.header(name);
        this.key = seal.contentKey(header, name);
        this.cipher = FileSeal.cipher(key, name);
        this.file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.write(header);
        } catch (IOException e) {
            key.close();
            file.close();
            throw e;
        }
    }

    @Override
    public void writeByte(byte value) throws IOException {
        if (filled == FileSeal.BLOCK) {
            flush(false);
        }
        block[filled++] = value;
    }

    @Override
    public void writeBytes(byte[] bytes, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (filled == FileSeal.BLOCK) {
                flush(false);
            }
            int part = Math.min(count - done, FileSeal.BLOCK - filled);
            System.arraycopy(bytes, from + done, block, filled, part);
            filled += part;
            done += part;
        }
    }

    /// Which block is the last is known only when nothing comes after it.
    private void flush(boolean last) throws IOException {
        count();
        try {
            int size = cipher.seal(number, last, block, 0, filled, sealed, 0);
            file.write(sealed, 0, size);
        } catch (IllegalStateException e) {
            throw new AlreadyClosedException("the search index is closed", e);
        }
        number++;
        filled = 0;
        counted = 0;
    }

    @Override
    public long getFilePointer() {
        return (long) number * FileSeal.BLOCK + filled;
    }

    @Override
    public long getChecksum() {
        count();
        return checksum.getValue();
    }

    private void count() {
        checksum.update(block, counted, filled - counted);
        counted = filled;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            long length = getFilePointer();
            flush(true);
            whole.of(length);
        } finally {
            key.close();
            Arrays.fill(block, (byte) 0);
        }
    }
}
