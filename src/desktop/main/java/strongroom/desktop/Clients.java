package strongroom.desktop;

import java.nio.file.Path;
import strongroom.desktop.text.Text;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.VaultClient;

/// Opens a client: the one place where the window names the core's factory.
@FunctionalInterface
interface Clients {
    /// The core's own. Until its factory is there, starting the program says so; nothing pretends to be a vault.
    Clients CORE = (home, _) -> {
        throw new ClientException(Problem.IO, Text.of("start.noCore", home));
    };

    /// @param home the client's folder @param tpm a TPM's address, or `none`, or empty to look for one
    VaultClient open(Path home, String tpm) throws ClientException;
}
