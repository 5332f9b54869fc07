package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// Opens a conversation with the TPM at an address, and says for the user what is wrong when that fails.
final class TpmConnector {
    private final TpmAddress address;
    private final Duration patience;

    TpmConnector(TpmAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    Tpm open() throws IOException, SealException {
        return new Tpm(
                switch (address) {
                    case TpmAddress.None none -> throw absent(new IOException("address is " + none));
                    case TpmAddress.SystemProvider other -> throw absent(new IOException("address is " + other));
                    case TpmAddress.Device device -> new DeviceTransport(device.path());
                    case TpmAddress.UnixEmulator emulator ->
                        new SocketTransport(UnixDomainSocketAddress.of(emulator.path()), patience);
                    case TpmAddress.TcpEmulator emulator ->
                        new SocketTransport(new InetSocketAddress(emulator.host(), emulator.port()), patience);
                });
    }

    static SealException translate(IOException e) {
        return switch (e) {
            case AccessDeniedException denied ->
                new SealException(
                        Why.NOT_PERMITTED,
                        "This account may not use the TPM. Ask for membership in group tss.",
                        denied);
            case SocketTimeoutException late ->
                new SealException(Why.ABSENT, "The TPM does not answer. Another program may be holding it.", late);
            // A socket file that is missing or has no listener is a plain SocketException.
            case SocketException gone -> absent(gone);
            case NoSuchFileException missing -> absent(missing);
            default -> new SealException(Why.FAILED, "The conversation with the TPM broke off.", e);
        };
    }

    static SealException translate(TpmRefusal e) {
        return switch (e.reason()) {
            case AUTH_FAIL, BAD_AUTH, HIERARCHY ->
                new SealException(
                        Why.NOT_PERMITTED, "The TPM's storage is closed by an owner password or by the firmware.", e);
            case NV_SPACE -> new SealException(Why.FAILED, "The TPM has no room for another key.", e);
            default -> new SealException(Why.FAILED, "The TPM refused: " + e.getMessage() + ".", e);
        };
    }

    private static SealException absent(IOException cause) {
        return new SealException(Why.ABSENT, "There is no TPM to be reached on this machine.", cause);
    }
}
