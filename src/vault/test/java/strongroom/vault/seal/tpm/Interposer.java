package strongroom.vault.seal.tpm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.BinaryOperator;

/// Sits between the program and a TPM: writes down every byte and may change the responses.
final class Interposer implements AutoCloseable {
    private final ServerSocketChannel server;
    private final TpmAddress.UnixEmulator tpm;
    private final ByteArrayOutputStream trace = new ByteArrayOutputStream();
    private volatile BinaryOperator<byte[]> change = (command, response) -> response;

    Interposer(TpmAddress tpm) throws IOException {
        this.tpm = (TpmAddress.UnixEmulator) tpm;
        this.server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::serve);
    }

    TpmAddress address() throws IOException {
        return new TpmAddress.TcpEmulator("127.0.0.1", ((InetSocketAddress) server.getLocalAddress()).getPort());
    }

    /// @param responses makes of a command and its response what the program gets
    void change(BinaryOperator<byte[]> responses) {
        change = responses;
    }

    byte[] trace() {
        return trace.toByteArray();
    }

    static int code(byte[] command) {
        return ByteBuffer.wrap(command).getInt(6);
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel program = server.accept();
                        SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(tpm.path()))) {
                    relay(program, there);
                }
            }
        } catch (IOException e) {
            // Closed: the test is over.
            return;
        }
    }

    private void relay(SocketChannel program, SocketChannel there) throws IOException {
        for (byte[] command = frame(program); command.length > 0; command = frame(program)) {
            write(there, command);
            byte[] response = change.apply(command, frame(there));
            trace.writeBytes(response);
            trace.writeBytes(command);
            write(program, response);
        }
    }

    private static void write(SocketChannel to, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            to.write(out);
        }
    }

    private static byte[] frame(SocketChannel from) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(10);
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
        server.close();
    }
}
