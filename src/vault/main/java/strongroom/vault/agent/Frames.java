package strongroom.vault.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/// Messages on a local socket: four bytes of length, then that many bytes, at most {@link #LIMIT}. One thread reads;
/// any thread writes.
final class Frames implements AutoCloseable {
    /// Longest message: a list of devices, with room to spare.
    static final int LIMIT = 16 << 20;

    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();

    Frames(SocketChannel channel) {
        this.channel = channel;
    }

    /// @throws EOFException if the other side is gone
    byte[] read() throws IOException {
        int length = ByteBuffer.wrap(read(4)).getInt();
        if (length < 0 || length > LIMIT) {
            throw new IOException("a message of " + length + " bytes is refused");
        }
        return read(length);
    }

    private byte[] read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other side closed the local socket");
            }
        }
        return bytes.array();
    }

    void write(byte[] message) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 + message.length);
        bytes.putInt(message.length).put(message).flip();
        writing.lock();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
