package strongroom.vault.store;

import java.io.InputStream;

/// A very long document: zeros, and a few bytes in each gibibyte that say which one it is. Takes no room anywhere.
final class SparseStream extends InputStream {
    private static final int MARK = 1 << 30;

    private final long length;
    private long at;

    SparseStream(long length) {
        this.length = length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int size) {
        if (at == length) {
            return -1;
        }
        int count = (int) Math.min(size, length - at);
        for (int i = 0; i < count; i++) {
            into[offset + i] = 0;
        }
        long mark = (at + MARK - 1) / MARK * MARK;
        if (mark < at + count) {
            into[offset + (int) (mark - at)] = (byte) (1 + mark / MARK);
        }
        at += count;
        return count;
    }
}
