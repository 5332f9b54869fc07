package strongroom.vault.seal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntBiFunction;
import org.junit.jupiter.api.Assumptions;
import strongroom.vault.seal.SealException;

/// A real kwalletd, without a screen. The wallet is opened by the call by which PAM does at the login, with
/// what comes of the password; a wallet that is not there yet is made by it.
final class Kwalletd implements KeyringDaemon {
    private static final String NAME = "org.kde.kwalletd5";
    private static final String PATH = "/modules/kwalletd5";
    private static final String WALLET = "kdewallet";
    private static final String OTHER = "another program";

    private final Session session;
    private Process daemon;

    /// @param configuration of KWallet, as it stands in kwalletrc
    Kwalletd(Session session, String configuration) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Session.isInstalled("kwalletd5") || Session.isInstalled("kwalletd6"), "kwalletd is not installed");
        this.session = session;
        configure(configuration);
        daemon = start();
    }

    private void configure(String configuration) throws IOException {
        Path folder = Files.createDirectories(session.folder().resolve(".config"));
        Files.writeString(folder.resolve("kwalletrc"), configuration);
    }

    /// Changes the settings while it runs.
    void reconfigure(String configuration) throws IOException, InterruptedException {
        configure(configuration);
        call("reconfigure");
    }

    /// Opens the wallet, and makes it if there is none.
    void open() throws IOException, InterruptedException {
        StringBuilder hash = new StringBuilder();
        for (int i = 0; i < 56; i++) {
            hash.append(i == 0 ? "[" : ", ").append("byte ").append(i);
        }
        call("pamOpen", WALLET, hash.append(']').toString(), "0");
    }

    @Override
    public void lock() throws IOException, InterruptedException {
        call("close", WALLET, "true");
    }

    @Override
    public void unlock() throws IOException, InterruptedException {
        open();
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
        open();
    }

    @Override
    public void replace(String item, byte[] key) throws SealException {
        asAnother((daemon, handle) -> daemon.writeEntry(handle, KWallet.FOLDER, item, key, OTHER));
    }

    @Override
    public void delete(String item) throws SealException {
        asAnother((daemon, handle) -> daemon.removeEntry(handle, KWallet.FOLDER, item, OTHER));
    }

    private static void asAnother(ToIntBiFunction<KWalletDaemon, Integer> call) throws SealException {
        try (SessionBus bus = SessionBus.open()) {
            KWalletDaemon daemon = KWalletDaemon.find(bus).orElseThrow();
            assertEquals(0, call.applyAsInt(daemon, daemon.open(WALLET, 0, OTHER)));
        }
    }

    private void call(String method, String... arguments) throws IOException, InterruptedException {
        session.call(NAME, PATH, "org.kde.KWallet." + method, arguments);
    }

    private Process start() throws IOException, InterruptedException {
        Process started = session.process("kwalletd.log", Session.isInstalled("kwalletd5") ? "kwalletd5" : "kwalletd6")
                .start();
        session.await(NAME);
        return started;
    }

    @Override
    public void close() {
        Session.end(daemon);
    }
}
