package strongroom.desktop.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

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

    /// @param channel from now on owned by this
    PdfInput(SeekableByteChannel channel, Stop stop) throws IOException {
        this.channel = channel;
        this.length = channel.size();
        this.stop = stop;
    }

    void stop(Stop now) {
        stop = now;
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
        stop.check();
        int done = channel.position(position).read(into);
        position += Math.max(0, done);
        return done;
    }

    /// Sees to it that the present byte is at hand. @return false at the end
    private boolean bring() throws IOException {
        stop.check();
        if (position >= length) {
            return false;
        }
        if (position < from || position >= from + count) {
            // Objects are looked for backwards, too.
            long begin = position < from ? Math.max(0, position - AT_HAND / 2) : position;
            count = 0;
            ByteBuffer into = ByteBuffer.wrap(atHand);
            channel.position(begin);
            while (into.hasRemaining() && channel.read(into) > 0) {
                stop.check();
            }
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
