package strongroom.vault.seal.tpm;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// The data channel of swtpm, over TCP or a Unix-domain socket. swtpm serves one connection at a time; the others
/// wait in its backlog, so that the wait for our turn is part of the wait for the first response. Hence connect,
/// do one thing, close.
final class SocketTransport implements TpmTransport {
    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;

    SocketTransport(SocketAddress address, Duration patience) throws IOException {
        this.deadline = System.nanoTime() + patience.toNanos();
        this.channel = SocketChannel.open(address);
        try {
            this.selector = Selector.open();
            channel.configureBlocking(false);
            channel.register(selector, 0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public byte[] exchange(byte[] command) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(command);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
        ByteBuffer header = read(ByteBuffer.allocate(HEADER));
        int size = header.getInt(2);
        if (size < HEADER || size > LONGEST) {
            throw new IOException("not a TPM: response of " + size + " bytes");
        }
        return read(ByteBuffer.allocate(size).put(header.flip())).array();
    }

    private ByteBuffer read(ByteBuffer room) throws IOException {
        while (room.hasRemaining()) {
            int got = channel.read(room);
            if (got < 0) {
                throw new EOFException("the TPM hung up");
            }
            if (got == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return room;
    }

    private void await(int operation) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        channel.keyFor(selector).interestOps(operation);
        selector.selectedKeys().clear();
        if (left <= 0 || selector.select(left) == 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted while waiting for the TPM");
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new SocketTimeoutException("the TPM did not answer in time");
            }
        }
    }

    @Override
    public boolean hasResourceManager() {
        return false;
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
