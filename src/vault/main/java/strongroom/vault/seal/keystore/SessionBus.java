package strongroom.vault.seal.keystore;

import java.io.IOException;
import java.util.Optional;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// A connection to the session's D-Bus, opened for each question because services come and go.
final class SessionBus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionBus.class);
    private static final UInt32 NO_FLAGS = new UInt32(0);

    private final DBusConnection connection;
    private final DBus bus;

    private SessionBus(DBusConnection connection, DBus bus) {
        this.connection = connection;
        this.bus = bus;
    }

    /// @throws SealException with `ABSENT` if this process has no session
    static SessionBus open() throws SealException {
        try {
            DBusConnection connection =
                    DBusConnectionBuilder.forSessionBus().withShared(false).build();
            return new SessionBus(
                    connection,
                    connection.getRemoteObject("org.freedesktop.DBus", "/org/freedesktop/DBus", DBus.class));
        } catch (DBusException | DBusExecutionException e) {
            throw new SealException(Why.ABSENT, "There is no session bus, so there is no keyring.", e);
        }
    }

    /// The connection that has a name now. Two names of one connection are one program.
    Optional<String> owner(String name) {
        try {
            return Optional.of(bus.GetNameOwner(name));
        } catch (DBusExecutionException e) {
            return Optional.empty();
        }
    }

    /// The same, after the bus was told to start whoever has the name.
    Optional<String> start(String name) {
        try {
            bus.StartServiceByName(name, NO_FLAGS);
        } catch (DBusExecutionException e) {
            LOG.debug("{} does not start: {}", name, e.getMessage());
        }
        return owner(name);
    }

    /// An object of a service. Its methods throw a {@link DBusExecutionException} with what was answered.
    <T extends DBusInterface> T object(String name, String path, Class<T> type) throws SealException {
        try {
            return connection.getRemoteObject(name, path, type);
        } catch (DBusException e) {
            throw new SealException(Why.FAILED, "The keyring refused.", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("the session bus did not close", e);
        }
    }
}
