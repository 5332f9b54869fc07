package strongroom.vault.seal.keystore;

import com.github.javakeyring.Keyring;
import com.github.javakeyring.KeyringStorageType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A real gnome-keyring-daemon.
final class GnomeKeyring implements KeyringDaemon {
    private static final String PASSWORD = "a password of the test";
    private static final String NAME = "org.freedesktop.secrets";
    private static final String PATH = "/org/freedesktop/secrets";
    private static final String SERVICE = "org.strongroom.vault";

    private final Session session;
    private Process daemon;

    GnomeKeyring(Session session) throws IOException, InterruptedException {
        Session.require("gnome-keyring-daemon");
        this.session = session;
        daemon = start();
    }

    @Override
    public void lock() throws IOException, InterruptedException {
        session.call(NAME, PATH, "org.freedesktop.Secret.Service.Lock", "['" + PATH + "/collection/login']");
    }

    @Override
    public void unlock() throws IOException, InterruptedException {
        end();
        restart();
    }

    @Override
    public void end() throws InterruptedException {
        daemon.destroy();
        daemon.waitFor();
    }

    @Override
    public void kill() throws InterruptedException {
        daemon.destroyForcibly().waitFor();
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        daemon = start();
    }

    @Override
    public void replace(String item, byte[] key) throws Exception {
        String text = key.length == Keystore.KEY
                ? HexFormat.of().formatHex(key)
                : new String(key, StandardCharsets.ISO_8859_1);
        Keyring other = Keyring.create(KeyringStorageType.GNOME_KEYRING);
        other.setPassword(SERVICE, item, text);
        other.close();
    }

    @Override
    public void delete(String item) throws Exception {
        Keyring other = Keyring.create(KeyringStorageType.GNOME_KEYRING);
        other.deletePassword(SERVICE, item);
        other.close();
    }

    private Process start() throws IOException, InterruptedException {
        Process started = session.process(
                        "gnome.log", "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
                .start();
        try (OutputStream in = started.getOutputStream()) {
            in.write(PASSWORD.getBytes(StandardCharsets.US_ASCII));
        }
        session.await(NAME);
        session.call(NAME, PATH, "org.freedesktop.DBus.Peer.Ping");
        return started;
    }

    @Override
    public void close() {
        Session.end(daemon);
    }
}
