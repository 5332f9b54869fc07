package strongroom.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    String address() {
        return "swtpm:unix:" + socket;
    }

    @Override
    public void close() {
        swtpm.close();
    }
}
