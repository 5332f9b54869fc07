package strongroom.journey;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A TPM 2.0 with a state of its own: swtpm on a Unix socket.
final class TpmEmulator implements AutoCloseable {
    private final Child swtpm;
    private final Path socket;

    private TpmEmulator(Child swtpm, Path socket) {
        this.swtpm = swtpm;
        this.socket = socket;
    }

    /// @param folder short enough for a socket's path
    static TpmEmulator start(Path folder) throws IOException, InterruptedException {
        Path state = Files.createDirectories(folder.resolve("state"));
        Path socket = folder.resolve("tpm");
        Child swtpm = Child.start(
                "swtpm",
                folder.resolve("swtpm.log"),
                Map.of(),
                List.of(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state.toAbsolutePath(),
                        "--server",
                        "type=unixio,path=" + socket,
                        "--ctrl",
                        "type=unixio,path=" + socket + ".ctrl",
                        "--flags",
                        "not-need-init,startup-clear"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.exists(socket)) {
            if (System.nanoTime() > deadline || !swtpm.runs()) {
                throw new IOException("swtpm did not start; see " + folder.resolve("swtpm.log"));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return new TpmEmulator(swtpm, socket);
    }

    /// One whose RSA endorsement key a maker certified, who is made up for it.
    ///
    /// @param folder short enough for a socket's path; gets {@link #maker}
    static TpmEmulator certified(Path folder) throws IOException, InterruptedException {
        Path state = Files.createDirectories(folder.resolve("state"));
        Path maker = Files.createDirectories(folder.resolve("maker"));
        Path localca = Files.writeString(
                folder.resolve("localca.conf"),
                "statedir = %1$s%nsigningkey = %1$s/key.pem%nissuercert = %1$s/issuer.pem%ncertserial = %1$s/serial%n"
                        .formatted(maker.toAbsolutePath()));
        Path options = Files.writeString(
                folder.resolve("localca.options"),
                "--platform-manufacturer Example%n--platform-version 1%n--platform-model Emulator%n".formatted());
        Path setup = Files.writeString(
                folder.resolve("setup.conf"),
                "create_certs_tool = swtpm_localca%ncreate_certs_tool_config = %s%ncreate_certs_tool_options = %s%n"
                        .formatted(localca.toAbsolutePath(), options.toAbsolutePath()));
        Path log = folder.resolve("setup.log");
        try (Child making = Child.start(
                "swtpm_setup",
                log,
                Map.of(),
                List.of(
                        "swtpm_setup",
                        "--tpm2",
                        "--tpmstate",
                        state.toAbsolutePath().toString(),
                        "--create-ek-cert",
                        "--config",
                        setup.toAbsolutePath().toString()))) {
            if (making.await(60) != 0) {
                throw new IOException("swtpm_setup failed; see " + log);
            }
        }
        return start(folder);
    }

    /// The certificate of who certified the TPM in a folder. It lies beside its own issuer's.
    static Path maker(Path folder) {
        return folder.resolve("maker").resolve("issuer.pem");
    }

    String address() {
        return "swtpm:unix:" + socket;
    }

    /// Switches it off as a machine does that is shut down: without it a TPM takes it for a power cut.
    void shutDown() throws IOException {
        send(new byte[] {(byte) 0x80, 0x01, 0, 0, 0, 12, 0, 0, 0x01, 0x45, 0, 0});
        close();
    }

    /// TPM2_Clear under the lockout hierarchy's empty authorisation, as a firmware's menu does: it forgets its
    /// owner, and with the owner everything that was ever sealed.
    void clear() throws IOException {
        send(HexFormat.of().parseHex("80020000001b00000126" + "4000000a" + "00000009" + "400000090000010000"));
    }

    /// How many indices of its memory its owner has: TPM2_GetCapability of handles.
    int indices() throws IOException {
        ByteBuffer answer =
                send(HexFormat.of().parseHex("8001000000160000017a" + "00000001" + "01800000" + "00000040"), 10 + 9);
        return answer.getInt(10 + 5);
    }

    /// TPM2_NV_UndefineSpace under the owner's empty authorisation, as anybody does who may use the TPM.
    void erase(int index) throws IOException {
        send(HexFormat.of()
                .parseHex(
                        "80020000001f00000122" + "40000001%08x".formatted(index) + "00000009" + "400000090000010000"));
    }

    /// TPM2_DictionaryAttackParameters under the same authorisation: as many wrong entries before a pause as that of
    /// a laptop allows.
    void allow(int tries) throws IOException {
        send(HexFormat.of()
                .parseHex("8002000000270000013a" + "4000000a" + "00000009" + "400000090000010000"
                        + HexFormat.of().toHexDigits(tries) + "0000000a" + "0000000a"));
    }

    /// Measures something into a register, as a firmware does that starts something else than before: TPM2_PCR_Extend.
    void extend(int register) throws IOException {
        send(HexFormat.of()
                .parseHex("80020000004100000182" + "%08x".formatted(register) + "00000009" + "400000090000010000"
                        + "00000001000b" + "01".repeat(32)));
    }

    /// How many wrong entries it counts: TPM2_GetCapability of TPM_PT_LOCKOUT_COUNTER.
    int wrongEntries() throws IOException {
        ByteBuffer answer =
                send(HexFormat.of().parseHex("8001000000160000017a" + "00000006" + "0000020e" + "00000001"), 10 + 17);
        return answer.getInt(10 + 13);
    }

    private void send(byte[] command) throws IOException {
        send(command, 10);
    }

    /// @param size of what is read of the answer, in bytes
    private ByteBuffer send(byte[] command, int size) throws IOException {
        try (SocketChannel tpm = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            tpm.write(ByteBuffer.wrap(command));
            ByteBuffer answer = ByteBuffer.allocate(size);
            while (answer.hasRemaining() && tpm.read(answer) >= 0) {
                // The answer comes when it is done.
            }
            if (answer.getInt(6) != 0) {
                throw new IOException("the TPM refuses: " + Integer.toHexString(answer.getInt(6)));
            }
            return answer;
        }
    }

    @Override
    public void close() {
        swtpm.close();
    }
}
