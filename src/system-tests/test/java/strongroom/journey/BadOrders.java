package strongroom.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Order;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.admin.SeedSigner;

/// A server that was taken over: it hands out orders that are not valid for the device that asks. They are put into
/// its database, behind the back of the program that would refuse them.
final class BadOrders {
    private static final long FIRST_NUMBER = 1000;

    private final Path database;
    private final SecureRandom random = new SecureRandom();

    BadOrders(Path serverHome) {
        this.database = serverHome.resolve("strongroom.db");
    }

    /// Has the server hand out every kind of order that a device must not obey.
    ///
    /// @param administrator the folder of a genuine one @param other the folder of one of another organisation
    /// @return how many
    int serve(Id device, Id otherDevice, Path administrator, Path other)
            throws IOException, SQLException, MalformedException, Signer.SigningException {
        List<SignedOrder> orders = new ArrayList<>();
        Signer key = key(administrator);
        Signed certificate = certificate(administrator);
        Instant now = Instant.now();

        Order wipe = wipe(device, now, now.plus(Duration.ofDays(30)));
        // Nobody's: by a key that the root never certified, with a certificate that it wrote for itself.
        Signer stranger = stranger();
        Signed ownCertificate = new KeyCertificate(
                        KeyCertificate.Role.ADMINISTRATOR,
                        Id.random(random),
                        "Mallory",
                        stranger.verifyingKey(),
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofDays(1)))
                .sign(stranger);
        orders.add(SignedOrder.of(wipe, ownCertificate, stranger));
        // With a genuine certificate and a signature by another key.
        orders.add(SignedOrder.of(wipe, certificate, stranger));
        // By a genuine administrator of somebody else.
        orders.add(SignedOrder.of(wipe, certificate(other), key(other)));
        // Genuine, for another device.
        orders.add(SignedOrder.of(wipe(otherDevice, now, now.plus(Duration.ofDays(30))), certificate, key));
        // Genuine once, for this device, and too old.
        orders.add(SignedOrder.of(
                wipe(device, now.minus(Duration.ofMinutes(2)), now.minus(Duration.ofMinutes(1))), certificate, key));

        int served = 0;
        try (Connection connection = open()) {
            for (SignedOrder order : orders) {
                insert(connection, device, served++, order.toByteArray());
            }
            for (byte[] old : dealtWith(connection, device)) {
                insert(connection, device, served++, old);
            }
        }
        return served;
    }

    private Order wipe(Id device, Instant issued, Instant expires) {
        return new Order(
                Id.random(random), FIRST_NUMBER, device, Order.Action.WIPE, "by nobody's right", issued, expires);
    }

    private static Signer key(Path administrator) throws IOException {
        return SeedSigner.of(Files.readAllBytes(administrator.resolve("admin.key")));
    }

    private static Signed certificate(Path administrator) throws IOException, MalformedException {
        return Signed.of(Files.readAllBytes(administrator.resolve("admin.cert")));
    }

    private Signer stranger() {
        byte[] seed = new byte[SeedSigner.SEED];
        random.nextBytes(seed);
        return SeedSigner.of(seed);
    }

    /// Orders that the device has obeyed already.
    private static List<byte[]> dealtWith(Connection connection, Id device) throws SQLException {
        String query = "SELECT statement FROM device_order WHERE device = ? AND state = 'DONE'";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBytes(1, device.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                List<byte[]> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getBytes(1));
                }
                return found;
            }
        }
    }

    private void insert(Connection connection, Id device, int index, byte[] order) throws SQLException {
        String insert = "INSERT INTO device_order (id, device, number, action, state, statement, at)"
                + " VALUES (?, ?, ?, 'WIPE', 'ISSUED', ?, 1)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setBytes(1, Id.random(random).toByteArray());
            statement.setBytes(2, device.toByteArray());
            statement.setLong(3, FIRST_NUMBER + index);
            statement.setBytes(4, order);
            statement.executeUpdate();
        }
    }

    /// Whether the device has fetched all of them.
    boolean wereFetched() throws SQLException {
        String query = "SELECT count(*) FROM device_order WHERE number >= " + FIRST_NUMBER + " AND state = 'ISSUED'";
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return rows.getInt(1) == 0;
        }
    }

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (var settings = connection.createStatement()) {
            settings.execute("PRAGMA busy_timeout = 20000");
        }
        return connection;
    }
}
