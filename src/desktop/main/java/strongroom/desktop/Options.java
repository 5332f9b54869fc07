package strongroom.desktop;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import strongroom.desktop.text.Text;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;

/// How the window was started.
///
/// @param home the client's folder @param tpm a TPM's address, or `none`, or empty to look for one
record Options(Path home, String tpm) {
    /// @throws ClientException with `USAGE` if an argument is not understood
    static Options of(List<String> arguments) throws ClientException {
        Path home = standardHome();
        String tpm = "";
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
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

    /// Where programs of this system keep what is theirs.
    private static Path standardHome() {
        Path user = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("win")) {
            String local = System.getenv("LOCALAPPDATA");
            return (local == null ? user.resolve("AppData/Local") : Path.of(local)).resolve("Strongroom");
        }
        if (system.contains("mac")) {
            return user.resolve("Library/Application Support/Strongroom");
        }
        String data = System.getenv("XDG_DATA_HOME");
        return (data == null || data.isEmpty() ? user.resolve(".local/share") : Path.of(data)).resolve("strongroom");
    }
}
