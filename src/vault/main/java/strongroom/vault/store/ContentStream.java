package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.ChunkFiles;

/// The content of a document; no byte leaves before the whole of its chunk was authenticated. Its exceptions have
/// a {@link StoreException} as their cause. One thread at a time.
final class ContentStream extends InputStream {
    private final Iterator<ChunkRef> chunks;
    private final ChunkFiles files;
    private final ChunkCipher cipher;
    private byte[] current = {};
    private int at;

    ContentStream(List<ChunkRef> chunks, ChunkFiles files, ChunkCipher cipher) {
        this.chunks = chunks.iterator();
        this.files = files;
        this.cipher = cipher;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return current.length - at;
    }

    private boolean fill() throws IOException {
        if (at < current.length) {
            return true;
        }
        Arrays.fill(current, (byte) 0);
        current = new byte[0];
        at = 0;
        if (!chunks.hasNext()) {
            return false;
        }
        try {
            current = open(chunks.next(), files, cipher);
            return true;
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// One chunk, whole.
    static byte[] open(ChunkRef chunk, ChunkFiles files, ChunkCipher cipher) throws StoreException {
        try {
            byte[] plaintext = cipher.open(chunk.id(), files.read(chunk.id()));
            if (plaintext.length != chunk.length()) {
                throw new NotAuthenticException();
            }
            return plaintext;
        } catch (NotAuthenticException e) {
            throw Failure.damaged("A part of the document is damaged.", e);
        } catch (NoSuchFileException e) {
            throw new StoreException(StoreException.Why.NOT_LOCAL, "A part of the document is not on this device.", e);
        } catch (IOException e) {
            throw Failure.of(e);
        } catch (IllegalStateException e) {
            // The keys were zeroed under our hands.
            throw Failure.closed();
        }
    }

    @Override
    public void close() {
        Arrays.fill(current, (byte) 0);
    }
}
