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
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A TPM emulator with a state of its own, that lasts over restarts; ended and deleted when closed.
public final class Swtpm implements AutoCloseable {
    private static final int SHUTDOWN = 0x145;
    private static final int CLEAR = 0;
    private static final int STATE = 1;

    private final Path folder;
    private final Channels channels;
    private Process process;

    /// @param server where commands go @param control where nobody talks @param ready connects when it listens
    private record Channels(String server, String control, TpmAddress address, SocketAddress ready) {}

    private Swtpm(Channels channels) throws IOException, InterruptedException {
        this(Files.createTempDirectory("swtpm"), channels);
    }

    private Swtpm(Path folder, Channels channels) throws IOException, InterruptedException {
        this.folder = folder;
        this.channels = channels;
        this.process = start("startup-clear");
    }

    /// At a Unix-domain socket.
    public static Swtpm atSocket() throws IOException, InterruptedException {
        return atSocket(Files.createTempDirectory("swtpm"));
    }

    private static Swtpm atSocket(Path folder) throws IOException, InterruptedException {
        Path socket = folder.resolve("tpm");
        return new Swtpm(
                folder,
                new Channels(
                        "type=unixio,path=" + socket,
                        "type=unixio,path=" + folder.resolve("control"),
                        new TpmAddress.UnixEmulator(socket),
                        UnixDomainSocketAddress.of(socket)));
    }

    /// At a free TCP port; the control channel is at the next one, where tpm2-tools look for it.
    public static Swtpm atPort() throws IOException, InterruptedException {
        int port = twoFreePorts();
        return new Swtpm(new Channels(
                "type=tcp,bindaddr=127.0.0.1,port=" + port,
                "type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                new TpmAddress.TcpEmulator("127.0.0.1", port),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    /// At a Unix-domain socket, with an RSA endorsement key that a maker certified who is made up for this one.
    public static Swtpm certified() throws IOException, InterruptedException {
        assumeInstalled("swtpm_setup");
        Path folder = Files.createTempDirectory("swtpm");
        Path maker = Files.createDirectory(folder.resolve("maker"));
        Path localca = Files.writeString(
                folder.resolve("localca.conf"),
                "statedir = %1$s%nsigningkey = %1$s/key.pem%nissuercert = %1$s/issuer.pem%ncertserial = %1$s/serial%n"
                        .formatted(maker));
        Path options = Files.writeString(
                folder.resolve("localca.options"),
                "--platform-manufacturer Example%n--platform-version 1%n--platform-model Emulator%n".formatted());
        Path setup = Files.writeString(
                folder.resolve("setup.conf"),
                "create_certs_tool = swtpm_localca%ncreate_certs_tool_config = %s%ncreate_certs_tool_options = %s%n"
                        .formatted(localca, options));
        Process made = new ProcessBuilder(
                        "swtpm_setup",
                        "--tpm2",
                        "--tpmstate",
                        folder.toString(),
                        "--create-ek-cert",
                        "--config",
                        setup.toString(),
                        "--logfile",
                        folder.resolve("setup.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("setup.out").toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("swtpm_setup failed: " + Files.readString(folder.resolve("setup.out")));
        }
        return atSocket(folder);
    }

    /// Certificates of the one who certified it, root and issuer.
    public List<Path> maker() {
        Path maker = folder.resolve("maker");
        return List.of(maker.resolve("issuer.pem"), maker.resolve("swtpm-localca-rootca-cert.pem"));
    }

    private static void assumeInstalled(String program) {
        Assumptions.assumeTrue(
                Stream.of("/usr/bin/", "/usr/local/bin/").anyMatch(each -> Files.isExecutable(Path.of(each + program))),
                program + " is not installed");
    }

    private Process start(String startup) throws IOException, InterruptedException {
        assumeInstalled("swtpm");
        Process started = new ProcessBuilder(List.of(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + folder,
                        "--server",
                        channels.server,
                        "--ctrl",
                        channels.control,
                        "--flags",
                        "not-need-init," + startup))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int attempt = 0; attempt < 500 && !started.waitFor(20, TimeUnit.MILLISECONDS); attempt++) {
            try (SocketChannel probe = SocketChannel.open(channels.ready)) {
                if (probe.isConnected()) {
                    return started;
                }
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new IOException("swtpm did not start: " + Files.readString(folder.resolve("log")));
    }

    /// Shuts the machine down and starts it again.
    public void restart() throws Exception {
        shutDown(CLEAR);
        process = start("startup-clear");
    }

    /// Has the machine sleep and resumes it.
    public void resume() throws Exception {
        shutDown(STATE);
        process = start("startup-state");
    }

    /// Has the machine sleep with its state on the disk and starts it: hibernation.
    public void wakeFromDisk() throws Exception {
        shutDown(STATE);
        process = start("startup-clear");
    }

    private void shutDown(int kind) throws Exception {
        try (Tpm open = connect()) {
            TpmCommand command = new TpmCommand(SHUTDOWN);
            command.parameters().uint16(kind);
            open.run(command);
        }
        end();
    }

    /// TPM2_DictionaryAttackParameters under the empty lockout authorisation, which the OS has, and a test.
    void lockout(int tries, int seconds) throws Exception {
        TpmCommand set = new TpmCommand(0x13a).handle(0x4000000a);
        set.parameters().uint32(tries).uint32(seconds).uint32(seconds);
        try (Tpm open = connect()) {
            open.run(set, Authorisation.EMPTY_PASSWORD);
        }
    }

    /// Measures something into a register, as whoever starts the machine does: TPM2_PCR_Extend (Part 3 §22.2).
    void extend(int register) throws Exception {
        try (SocketTransport transport = new SocketTransport(channels.ready, Duration.ofSeconds(30))) {
            byte[] response = transport.exchange(extending(register));
            if (response[6] != 0 || response[7] != 0 || response[8] != 0 || response[9] != 0) {
                throw new IOException("the TPM does not measure");
            }
        }
    }

    /// The command for it, of a digest of ones in the SHA-256 bank.
    static byte[] extending(int register) {
        return HexFormat.of()
                .parseHex("80020000004100000182" + "%08x".formatted(register) + "00000009400000090000010000"
                        + "00000001000b" + "01".repeat(32));
    }

    /// TPM2_ClockSet under the owner's empty authorisation.
    void setClock(long milliseconds) throws Exception {
        try (Tpm open = connect()) {
            setClock(open, milliseconds);
        }
    }

    static void setClock(Tpm open, long milliseconds) throws Exception {
        TpmCommand set = new TpmCommand(0x128).handle(TpmCommand.OWNER);
        set.parameters().uint32((int) (milliseconds >>> 32)).uint32((int) milliseconds);
        open.run(set, Authorisation.EMPTY_PASSWORD);
    }

    /// How many NV indices the owner has.
    int indices() throws Exception {
        try (Tpm open = connect()) {
            TpmCommand command = new TpmCommand(TpmCommand.GET_CAPABILITY);
            command.parameters().uint32(1).uint32(0x01800000).uint32(64);
            TpmReader list = open.run(command).parameters();
            list.uint8();
            list.uint32();
            return list.uint32();
        }
    }

    Tpm connect() throws Exception {
        return new TpmConnector(channels.address, Duration.ofSeconds(30)).open();
    }

    /// Its address.
    public TpmAddress address() {
        return channels.address;
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

    private void end() {
        Process ending = process;
        ending.destroy();
        ending.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> ending.destroyForcibly())
                .join();
    }

    @Override
    public void close() throws IOException {
        end();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
