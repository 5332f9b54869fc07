package strongroom.desktop;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import strongroom.desktop.succession.WindowProgram;
import strongroom.desktop.text.Text;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.VaultClients;

/// How the window was started.
///
/// @param home the client's folder @param tpm a TPM's address, `none`, or `auto` to look for one
record Options(Path home, String tpm) {
    /// @throws ClientException with `USAGE` if an argument is not understood
    static Options of(List<String> arguments) throws ClientException {
        Path home = VaultClients.defaultHome();
        String tpm = "auto";
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (name.equals(WindowProgram.WAITING)) {
                continue;
            }
            if (!rest.hasNext() || !name.equals("--home") && !name.equals("--tpm")) {
                throw new ClientException(Problem.USAGE, Text.of("start.usage", name));
            }
            if (name.equals("--home")) {
                home = Path.of(rest.next()).toAbsolutePath();
            } else {
                tpm = rest.next();
            }
        }
        return new Options(home, tpm);
    }
}
