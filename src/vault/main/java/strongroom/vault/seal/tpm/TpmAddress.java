package strongroom.vault.seal.tpm;

import java.nio.file.Files;
import java.nio.file.Path;
import strongroom.vault.platform.OperatingSystem;

/// Where the TPM is, as the option `--tpm` says it: `auto`, `none`, `device:/dev/tpmrm0`, `swtpm:unix:PATH` or
/// `swtpm:tcp:HOST:PORT`.
public sealed interface TpmAddress {
    /// The kernel's resource manager on Linux.
    Path RESOURCE_MANAGER = Path.of("/dev/tpmrm0");

    /// No TPM is to be used.
    record None() implements TpmAddress {}

    /// Whatever the operating system has of its own and lets programs at: the provider of Windows, the enclave
    /// of a Mac.
    record SystemProvider() implements TpmAddress {}

    /// A character device of the kernel. @param path of a device with a resource manager
    record Device(Path path) implements TpmAddress {}

    /// An emulator at a Unix-domain socket. @param path of its data socket
    record UnixEmulator(Path path) implements TpmAddress {}

    /// An emulator at a TCP port. @param host name or address @param port of its data channel
    record TcpEmulator(String host, int port) implements TpmAddress {}

    /// Reads the option.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    static TpmAddress parse(String text) {
        if (text.equals("auto")) {
            return switch (OperatingSystem.current()) {
                case WINDOWS, MAC -> new SystemProvider();
                case LINUX, OTHER -> Files.exists(RESOURCE_MANAGER) ? new Device(RESOURCE_MANAGER) : new None();
            };
        }
        if (text.equals("none")) {
            return new None();
        }
        if (text.startsWith("device:/")) {
            return new Device(Path.of(text.substring("device:".length())));
        }
        if (text.startsWith("swtpm:unix:") && text.length() > "swtpm:unix:".length()) {
            return new UnixEmulator(Path.of(text.substring("swtpm:unix:".length())));
        }
        if (text.startsWith("swtpm:tcp:")) {
            return tcp(text.substring("swtpm:tcp:".length()));
        }
        throw refused();
    }

    private static TpmAddress tcp(String text) {
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        if (colon < 1 || !digits.matches("[0-9]{1,5}")) {
            throw refused();
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw refused();
        }
        return new TcpEmulator(text.substring(0, colon), port);
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException(
                "A TPM is given as auto, none, device:/dev/tpmrm0, swtpm:unix:PATH or swtpm:tcp:HOST:PORT.");
    }
}
