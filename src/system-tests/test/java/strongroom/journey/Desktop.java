package strongroom.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Whose keyring a session has, and how that is started, opened and locked without a person.
enum Desktop {
    /// gnome-keyring-daemon, the Secret Service of most desktops.
    GNOME("gnome-keyring-daemon", "org.freedesktop.secrets", "data/keyrings") {
        @Override
        List<String> command() {
            return List.of(daemon(), "--foreground", "--unlock", "--components=secrets");
        }

        @Override
        void open(Process daemon, Call call) throws IOException, InterruptedException {
            try (OutputStream in = daemon.getOutputStream()) {
                in.write("a password of the test".getBytes(StandardCharsets.US_ASCII));
            }
            call.to(service(), SECRETS, "org.freedesktop.DBus.Peer.Ping");
        }

        @Override
        void lock(Call call) throws IOException, InterruptedException {
            call.to(service(), SECRETS, "org.freedesktop.Secret.Service.Lock", "['" + SECRETS + "/collection/login']");
        }
    },
    /// kwalletd, which is a Secret Service as well.
    KDE(
            Files.isExecutable(Path.of("/usr/bin/kwalletd5")) ? "kwalletd5" : "kwalletd6",
            "org.kde.kwalletd5",
            "data/kwalletd") {
        @Override
        List<String> command() {
            return List.of(daemon());
        }

        /// As PAM does, with what comes of the password; it makes a wallet if there is none.
        @Override
        void open(Process daemon, Call call) throws IOException, InterruptedException {
            List<String> hash = IntStream.range(0, HASH)
                    .mapToObj(number -> "byte " + number)
                    .toList();
            call.to(service(), MODULE, "org.kde.KWallet.pamOpen", "kdewallet", hash.toString(), "0");
        }

        @Override
        void lock(Call call) throws IOException, InterruptedException {
            call.to(service(), MODULE, "org.kde.KWallet.close", "kdewallet", "true");
        }
    };

    private static final String SECRETS = "/org/freedesktop/secrets";
    private static final String MODULE = "/modules/kwalletd5";
    private static final int HASH = 56;

    private final String daemon;
    private final String service;
    private final String files;

    Desktop(String daemon, String service, String files) {
        this.daemon = daemon;
        this.service = service;
        this.files = files;
    }

    /// Calls a method over the session's bus.
    @FunctionalInterface
    interface Call {
        void to(String service, String path, String method, String... arguments)
                throws IOException, InterruptedException;
    }

    /// Its program, in /usr/bin.
    String daemon() {
        return daemon;
    }

    /// Its name on the bus.
    String service() {
        return service;
    }

    /// Where it keeps its files, below the folder of the session.
    String files() {
        return files;
    }

    abstract List<String> command();

    /// As signing in does.
    abstract void open(Process daemon, Call call) throws IOException, InterruptedException;

    /// As a screen lock or the person does.
    abstract void lock(Call call) throws IOException, InterruptedException;
}
