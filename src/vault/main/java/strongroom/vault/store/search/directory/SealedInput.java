package strongroom.vault.store.search.directory;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.RandomAccessInput;

/// Reads a part of a sealed file, from the block it stands in. For one thread at a time, as Lucene's inputs are.
final class SealedInput extends IndexInput implements RandomAccessInput {
    private static final VarHandle SHORT = little(short[].class);
    private static final VarHandle INT = little(int[].class);
    private static final VarHandle LONG = little(long[].class);
    private static final byte[] NONE = {};

    private final SealedFile file;
    private final long offset;
    private final long length;
    private final boolean owner;
    private byte[] block = NONE;
    /// Where the block begins in the file, and where in it the input stands and must stop.
    private long start;

    private int at;
    private int end;

    /// All of a file, which is closed with this input.
    SealedInput(SealedFile file) {
        this("sealed " + file.name(), file, 0, file.length(), true);
    }

    private SealedInput(String description, SealedFile file, long offset, long length, boolean owner) {
        super(description);
        this.file = file;
        this.offset = offset;
        this.length = length;
        this.owner = owner;
        this.start = offset;
    }

    private static VarHandle little(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long getFilePointer() {
        return start + at - offset;
    }

    @Override
    public void seek(long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position before the beginning of " + this);
        }
        if (position > length) {
            throw new EOFException("a position behind the end of " + this);
        }
        long target = offset + position;
        if (target >= start && target <= start + end) {
            at = (int) (target - start);
        } else {
            block = NONE;
            start = target;
            at = 0;
            end = 0;
        }
    }

    private void fill() throws IOException {
        long position = start + at;
        long stop = offset + length;
        if (position >= stop) {
            throw new EOFException("read behind the end of " + this);
        }
        int number = (int) (position / FileSeal.BLOCK);
        block = file.block(number);
        start = (long) number * FileSeal.BLOCK;
        at = (int) (position - start);
        end = (int) Math.min(block.length, stop - start);
    }

    @Override
    public byte readByte() throws IOException {
        if (at == end) {
            fill();
        }
        return block[at++];
    }

    @Override
    public void readBytes(byte[] into, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (at == end) {
                fill();
            }
            int part = Math.min(count - done, end - at);
            System.arraycopy(block, at, into, from + done, part);
            at += part;
            done += part;
        }
    }

    @Override
    public short readShort() throws IOException {
        if (end - at < Short.BYTES) {
            return super.readShort();
        }
        short value = (short) SHORT.get(block, at);
        at += Short.BYTES;
        return value;
    }

    @Override
    public int readInt() throws IOException {
        if (end - at < Integer.BYTES) {
            return super.readInt();
        }
        int value = (int) INT.get(block, at);
        at += Integer.BYTES;
        return value;
    }

    @Override
    public long readLong() throws IOException {
        if (end - at < Long.BYTES) {
            return super.readLong();
        }
        long value = (long) LONG.get(block, at);
        at += Long.BYTES;
        return value;
    }

    @Override
    public void readInts(int[] into, int from, int count) throws IOException {
        if (end - at < (long) count * Integer.BYTES) {
            super.readInts(into, from, count);
            return;
        }
        ByteBuffer.wrap(block, at, count * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(into, from, count);
        at += count * Integer.BYTES;
    }

    @Override
    public byte readByte(long position) throws IOException {
        seek(position);
        return readByte();
    }

    @Override
    public void readBytes(long position, byte[] into, int from, int count) throws IOException {
        seek(position);
        readBytes(into, from, count);
    }

    @Override
    public short readShort(long position) throws IOException {
        seek(position);
        return readShort();
    }

    @Override
    public int readInt(long position) throws IOException {
        seek(position);
        return readInt();
    }

    @Override
    public long readLong(long position) throws IOException {
        seek(position);
        return readLong();
    }

    @Override
    public SealedInput clone() {
        SealedInput copy = new SealedInput(toString(), file, offset, length, false);
        copy.block = block;
        copy.start = start;
        copy.at = at;
        copy.end = end;
        return copy;
    }

    @Override
    public SealedInput slice(String description, long from, long size) {
        if (from < 0 || size < 0 || from > length - size) {
            throw new IllegalArgumentException("a slice outside of " + this);
        }
        return new SealedInput(getFullSliceDescription(description), file, offset + from, size, false);
    }

    @Override
    public void close() throws IOException {
        if (owner) {
            file.close();
        }
    }
}
