package strongroom.desktop.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.jspecify.annotations.Nullable;

/// The bytes of a PDF where they are asked for: of one of hundreds of megabytes a page needs few. Every read is a place
/// to stop at. PDFBox goes from byte to byte, so some around the present one are at hand. One thread at a time.
final class PdfInput implements RandomAccessRead {
    private static final int AT_HAND = 8 << 10;

    private final SeekableByteChannel channel;
    private final long length;
    private final byte[] atHand = new byte[AT_HAND];
    private long from;
    private int count;
    private long position;
    private volatile Stop stop;
    private @Nullable IOException failure;

    /// @param channel from now on owned by this
    PdfInput(SeekableByteChannel channel, Stop stop) throws IOException {
        this.channel = channel;
        this.length = channel.size();
        this.stop = stop;
    }

    void stop(Stop now) {
        stop = now;
    }

    /// Why a read failed for the first time; null if none did. PDFBox takes an object that cannot be read for one
    /// that is not there, and says nothing: whoever draws with it asks here.
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        if (!bring()) {
            return -1;
        }
        return atHand[(int) (position++ - from)] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (most >= AT_HAND) {
            return readBeyond(ByteBuffer.wrap(into, offset, most));
        }
        int done = 0;
        while (done < most && bring()) {
            int at = (int) (position - from);
            int some = Math.min(most - done, count - at);
            System.arraycopy(atHand, at, into, offset + done, some);
            done += some;
            position += some;
        }
        return done == 0 ? -1 : done;
    }

    private int readBeyond(ByteBuffer into) throws IOException {
        int done = readAt(position, into);
        position += Math.max(0, done);
        return done;
    }

    private int readAt(long from, ByteBuffer into) throws IOException {
        checkStop();
        try {
            return channel.position(from).read(into);
        } catch (IOException e) {
            throw first(e);
        }
    }

    private void checkStop() throws IOException {
        try {
            stop.check();
        } catch (IOException e) {
            throw first(e);
        }
    }

    private IOException first(IOException e) {
        failure = failure == null ? e : failure;
        return e;
    }

    /// Sees to it that the present byte is at hand. @return false at the end
    private boolean bring() throws IOException {
        checkStop();
        if (position >= length) {
            return false;
        }
        if (position < from || position >= from + count) {
            // Objects are looked for backwards, too.
            long begin = position < from ? Math.max(0, position - AT_HAND / 2) : position;
            count = 0;
            ByteBuffer into = ByteBuffer.wrap(atHand);
            int read;
            do {
                read = readAt(begin + into.position(), into);
            } while (into.hasRemaining() && read > 0);
            from = begin;
            count = into.position();
        }
        return position < from + count;
    }

    @Override
    public long getPosition() {
        return position;
    }

    @Override
    public void seek(long to) throws IOException {
        if (to < 0) {
            throw new IOException("there is nothing before the beginning");
        }
        position = Math.min(to, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean isEOF() {
        return position >= length;
    }

    @Override
    public RandomAccessReadView createView(long begin, long size) throws IOException {
        return new RandomAccessReadView(this, begin, size);
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(atHand, (byte) 0);
        count = 0;
        channel.close();
    }
}
