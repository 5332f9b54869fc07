package strongroom.vault.seal.keystore;

import java.util.Optional;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// Asks the Secret Service over D-Bus, before java-keyring does anything, whether the default collection is
/// locked. To java-keyring a locked one looks as if nothing was ever kept there, and opening it waits two
/// minutes for a dialogue that an agent has no business to show. Asking shows none.
final class SecretService {
    private static final String NAME = "org.freedesktop.secrets";
    private static final String DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default";
    private static final String COLLECTION = "org.freedesktop.Secret.Collection";

    private SecretService() {}

    /// Returns if there is one that is unlocked. KWallet as Secret Service counts as none: it calls an open
    /// wallet locked until a program has asked for it by a dialogue, so it is asked by its own interface.
    static void requireOpen(SessionBus bus) throws SealException {
        Optional<String> owner = bus.start(NAME);
        if (owner.isEmpty() || KWalletDaemon.isAt(bus, owner.get())) {
            throw new SealException(Why.ABSENT, "There is no keyring service.");
        }
        requireUnlocked(bus, NAME);
    }

    /// @param name of a service with the interface of the Secret Service
    static void requireUnlocked(SessionBus bus, String name) throws SealException {
        try {
            Boolean locked =
                    bus.object(name, DEFAULT_COLLECTION, Properties.class).Get(COLLECTION, "Locked");
            if (locked) {
                throw new SealException(Why.LOCKED, "The keyring is locked. Unlock it and try again.");
            }
        } catch (DBusExecutionException e) {
            throw new SealException(Why.ABSENT, "The keyring service has no default keyring.", e);
        }
    }
}
