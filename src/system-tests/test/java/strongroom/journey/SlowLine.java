package strongroom.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A line to a server that is slow in one direction, so that a transfer is still under way when a test acts. Each
/// connection has the same speed; what is short passes as if nothing were in between.
final class SlowLine implements AutoCloseable {
    private static final int PIECE = 4096;

    private final ServerSocket door;
    private final int port;
    private final long pauseMilliseconds;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SlowLine(ServerSocket door, int port, long pauseMilliseconds) {
        this.door = door;
        this.port = port;
        this.pauseMilliseconds = pauseMilliseconds;
    }

    /// @param from where clients connect @param to where the server is
    /// @param kilobytesEachSecond how fast a client can send over one connection
    static SlowLine lay(String from, String to, int kilobytesEachSecond) throws IOException {
        ServerSocket door = new ServerSocket(Integer.parseInt(from), 50, InetAddress.getByName("localhost"));
        SlowLine line = new SlowLine(door, Integer.parseInt(to), PIECE * 1000L / (kilobytesEachSecond * 1024L));
        Thread.ofVirtual().name("slow line").start(line::accept);
        return line;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getByName("localhost"), port);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pass(client, server, pauseMilliseconds));
                Thread.ofVirtual().start(() -> pass(server, client, 0));
            } catch (IOException expected) {
                // The line is taken down, or the server is.
            }
        }
    }

    private static void pass(Socket from, Socket to, long pause) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] piece = new byte[PIECE];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                out.write(piece, 0, length);
                if (length == PIECE) {
                    TimeUnit.MILLISECONDS.sleep(pause);
                }
            }
        } catch (IOException | InterruptedException expected) {
            // One end hung up; so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
