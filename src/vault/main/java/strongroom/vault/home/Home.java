package strongroom.vault.home;

import java.nio.file.Path;
import java.util.Locale;

/// Where everything of one client lies. All files are readable by their owner alone; nothing here is clear text
/// of the vault.
///
/// @param folder absolute path of the home
public record Home(Path folder) {
    /// Makes the path absolute.
    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /// Where this platform keeps an application's data for one user.
    public static Home ofThisUser() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path user = Path.of(System.getProperty("user.home", "."));
        if (os.startsWith("windows")) {
            String local = System.getenv("LOCALAPPDATA");
            Path data = local == null ? user.resolve("AppData").resolve("Local") : Path.of(local);
            return new Home(data.resolve("Strongroom"));
        }
        if (os.startsWith("mac")) {
            return new Home(
                    user.resolve("Library").resolve("Application Support").resolve("Strongroom"));
        }
        String data = System.getenv("XDG_DATA_HOME");
        boolean named = data != null && !data.isEmpty();
        return new Home((named ? Path.of(data) : user.resolve(".local").resolve("share")).resolve("strongroom"));
    }

    /// Held by the program that has the vault in hand (window or command line), as long as it runs.
    public Path windowLock() {
        return folder.resolve("window.lock");
    }

    /// Held by the agent as long as it runs.
    public Path agentLock() {
        return folder.resolve("agent.lock");
    }

    /// The agent's own folder: pins, certificate, sealed device keys, last order number.
    public Path identity() {
        return folder.resolve("identity");
    }

    /// The key slots: each a wrapped copy of the store's root key.
    public Path slots() {
        return folder.resolve("slots");
    }

    /// The store: database and chunks.
    public Path store() {
        return folder.resolve("store");
    }

    /// The logs, which name ids only.
    public Path logs() {
        return folder.resolve("logs");
    }

    /// What the window remembers between starts, such as light or dark: nothing of the vault, so it lies in clear.
    public Path windowState() {
        return folder.resolve("window.state");
    }

    /// Exists from the first moment of a wipe until its last; whoever starts looks here first.
    public Path wipeJournal() {
        return folder.resolve("wipe.journal");
    }

    /// What remains after a wipe: by whom, why, when.
    public Path wipeNotice() {
        return folder.resolve("wiped.notice");
    }
}
