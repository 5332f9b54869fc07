package strongroom.vault.store;

import java.io.InputStream;

/// A very long document: at first noise, more than the memory of who reads it, then zeros with a byte in each gibibyte
/// that says which one it is. Takes no room anywhere.
final class SparseStream extends InputStream {
    private static final int MARK = 1 << 30;
    private static final long NOISE = 384L << 20;

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
            into[offset + i] = at + i < NOISE ? noise(at + i) : 0;
        }
        long mark = (at + MARK - 1) / MARK * MARK;
        if (mark < at + count) {
            into[offset + (int) (mark - at)] = (byte) (1 + mark / MARK);
        }
        at += count;
        return count;
    }

    /// The finalizer of SplitMix64.
    private static byte noise(long position) {
        long z = (position >>> 3) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return (byte) ((z ^ z >>> 31) >>> ((position & 7) << 3));
    }
}
