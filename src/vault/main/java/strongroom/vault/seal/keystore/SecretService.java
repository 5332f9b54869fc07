package strongroom.vault.seal.keystore;

import java.io.IOException;
import java.util.Locale;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.errors.ServiceUnknown;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// Asks the Secret Service over D-Bus, before java-keyring does anything, whether the default collection is locked.
/// To java-keyring a locked one looks as if nothing was ever kept there, and opening it waits two minutes for a
/// dialogue that an agent has no business to show. Asking shows none.
final class SecretService {
    private static final String NAME = "org.freedesktop.secrets";
    private static final String DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default";
    private static final String COLLECTION = "org.freedesktop.Secret.Collection";

    private SecretService() {}

    /// Returns where there is no Secret Service to ask, or it is unlocked.
    static void requireUnlocked() throws SealException {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows") || system.startsWith("mac")) {
            return;
        }
        try (DBusConnection bus =
                DBusConnectionBuilder.forSessionBus().withShared(false).build()) {
            Boolean locked = bus.getRemoteObject(NAME, DEFAULT_COLLECTION, Properties.class)
                    .Get(COLLECTION, "Locked");
            if (locked) {
                throw new SealException(Why.LOCKED, "The keyring is locked. Unlock it and try again.");
            }
        } catch (ServiceUnknown e) {
            // KWallet of old has a service of its own, which java-keyring finds.
            return;
        } catch (DBusExecutionException e) {
            throw new SealException(Why.ABSENT, "The keyring service has no default keyring.", e);
        } catch (DBusException | IOException e) {
            throw new SealException(Why.ABSENT, "There is no session bus, so there is no keyring.", e);
        }
    }
}
