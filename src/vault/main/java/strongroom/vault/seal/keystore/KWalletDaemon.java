package strongroom.vault.seal.keystore;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.interfaces.DBusInterface;
import strongroom.vault.seal.SealException;

/// What of KWallet's own interface (org.kde.KWallet.xml of KDE Frameworks 5 and 6) is used here. Since 6.14 it
/// stands before KWallet's Secret Service (ksecretd), where the wallets are.
@DBusInterfaceName("org.kde.KWallet")
interface KWalletDaemon extends DBusInterface {
    /// The service behind it, since 6.14.
    String SECRETS = "org.kde.ksecretd";

    /// Its names, the newer first; which daemon has the older one depends on the version.
    List<String> NAMES = List.of("org.kde.kwalletd6", "org.kde.kwalletd5");

    boolean isEnabled();

    /// Name of the wallet that the login opens.
    String localWallet();

    List<String> wallets();

    boolean isOpen(String wallet);

    boolean isOpen(int handle);

    /// Applications that have a wallet open.
    List<String> users(String wallet);

    /// May show a dialogue if the wallet is closed, or if the person wants to be asked about each application.
    ///
    /// @param window its parent, 0 if there is none @return a handle; less than 0 if it was refused
    int open(String wallet, long window, String application);

    int close(int handle, boolean force, String application);

    /// Writes the wallet to the disk, which happens within five seconds otherwise.
    void sync(int handle, String application);

    /// Gives false for a handle that is not valid any more, too.
    boolean hasEntry(int handle, String folder, String key, String application);

    byte[] readEntry(int handle, String folder, String key, String application);

    /// @return 0 if it was written
    int writeEntry(int handle, String folder, String key, byte[] value, String application);

    /// @return 0 if it is removed
    int removeEntry(int handle, String folder, String key, String application);

    /// The one that runs, else one that the bus can start; empty if there is none.
    static Optional<KWalletDaemon> find(SessionBus bus) throws SealException {
        Optional<String> name = Stream.concat(
                        NAMES.stream().filter(each -> bus.owner(each).isPresent()),
                        NAMES.stream().filter(each -> bus.start(each).isPresent()))
                .findFirst();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String path = "/modules/" + name.get().substring("org.kde.".length());
        return Optional.of(bus.object(name.get(), path, KWalletDaemon.class));
    }

    /// Whether a connection to the bus is KWallet's.
    static boolean isAt(SessionBus bus, String connection) {
        return Stream.concat(NAMES.stream(), Stream.of(SECRETS))
                .anyMatch(name -> bus.owner(name).filter(connection::equals).isPresent());
    }
}
