package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A TPM emulator with a state of its own, ended and deleted when closed.
public final class Swtpm implements AutoCloseable {
    private final Path folder;
    private final Process process;
    private final TpmAddress address;

    private Swtpm(Path folder, Process process, TpmAddress address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /// At a Unix-domain socket.
    public static Swtpm atSocket() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("swtpm");
        Path socket = folder.resolve("tpm");
        return start(
                folder,
                "type=unixio,path=" + socket,
                "type=unixio,path=" + folder.resolve("control"),
                new TpmAddress.UnixEmulator(socket),
                UnixDomainSocketAddress.of(socket));
    }

    /// At a free TCP port; the control channel is at the next one, where tpm2-tools look for it.
    public static Swtpm atPort() throws IOException, InterruptedException {
        int port = twoFreePorts();
        return start(
                Files.createTempDirectory("swtpm"),
                "type=tcp,bindaddr=127.0.0.1,port=" + port,
                "type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                new TpmAddress.TcpEmulator("127.0.0.1", port),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static Swtpm start(Path folder, String server, String control, TpmAddress address, SocketAddress ready)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Stream.of("/usr/bin/swtpm", "/usr/local/bin/swtpm").anyMatch(each -> Files.isExecutable(Path.of(each))),
                "swtpm is not installed");
        Process process = new ProcessBuilder(List.of(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + folder,
                        "--server",
                        server,
                        "--ctrl",
                        control,
                        "--flags",
                        "not-need-init,startup-clear"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int attempt = 0; attempt < 500 && !process.waitFor(20, TimeUnit.MILLISECONDS); attempt++) {
            try (SocketChannel probe = SocketChannel.open(ready)) {
                if (probe.isConnected()) {
                    return new Swtpm(folder, process, address);
                }
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new IOException("swtpm did not start: " + Files.readString(folder.resolve("log")));
    }

    /// Its address.
    public TpmAddress address() {
        return address;
    }

    private static int twoFreePorts() throws IOException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try (ServerSocket first = new ServerSocket(0);
                    ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
                return second.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException e) {
                // The neighbour is taken.
            }
        }
        throw new IOException("no two free ports side by side");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
