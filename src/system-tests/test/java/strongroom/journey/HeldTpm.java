package strongroom.journey;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands before a TPM and passes on what is said, until it is to hold the next counting: then that one is held before
/// it gets to the TPM, or its answer before it gets back, for as long as a test needs to kill who asked for it.
final class HeldTpm implements AutoCloseable {
    private static final int NV_INCREMENT = 0x134;
    private static final int HEADER = 10;

    /// Where the counting is held.
    enum Side {
        /// It does not get to the TPM.
        BEFORE,
        /// It was counted.
        AFTER
    }

    private record Hold(Side side, CountDownLatch reached, CountDownLatch over) {}

    private final Path tpm;
    private final Path socket;
    private final ServerSocketChannel server;
    private volatile @Nullable Hold hold;

    /// @param folder of a {@link TpmEmulator} that runs
    HeldTpm(Path folder) throws IOException {
        tpm = folder.resolve("tpm");
        socket = folder.resolve("held");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "swtpm:unix:" + socket;
    }

    /// Holds the next counting.
    void hold(Side side) {
        hold = new Hold(side, new CountDownLatch(1), new CountDownLatch(1));
    }

    /// Waits until one is held.
    void await() throws IOException, InterruptedException {
        Hold now = hold;
        if (now == null || !now.reached.await(60, TimeUnit.SECONDS)) {
            throw new IOException("nothing was counted");
        }
    }

    /// Who asked is gone: the conversation with them ends.
    void end() {
        Hold now = hold;
        hold = null;
        if (now != null) {
            now.over.countDown();
        }
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel program = server.accept();
                Thread.ofVirtual().start(() -> relay(program));
            }
        } catch (IOException e) {
            // Closed: the test is over.
            return;
        }
    }

    private void relay(SocketChannel program) {
        try (program;
                SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(tpm))) {
            for (byte[] command = frame(program); command.length > 0; command = frame(program)) {
                Hold now = ByteBuffer.wrap(command).getInt(6) == NV_INCREMENT ? hold : null;
                if (now != null && now.side == Side.BEFORE) {
                    keep(now);
                    return;
                }
                write(there, command);
                byte[] answer = frame(there);
                if (now != null) {
                    keep(now);
                    return;
                }
                write(program, answer);
            }
        } catch (IOException e) {
            // Either side ended it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void keep(Hold held) throws InterruptedException {
        held.reached.countDown();
        held.over.await();
    }

    private static void write(SocketChannel to, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            to.write(out);
        }
    }

    private static byte[] frame(SocketChannel from) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!fill(from, header)) {
            return new byte[0];
        }
        ByteBuffer all = ByteBuffer.allocate(header.getInt(2)).put(header.flip());
        return fill(from, all) ? all.array() : new byte[0];
    }

    private static boolean fill(SocketChannel from, ByteBuffer room) throws IOException {
        while (room.hasRemaining()) {
            if (from.read(room) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        end();
        server.close();
    }
}
