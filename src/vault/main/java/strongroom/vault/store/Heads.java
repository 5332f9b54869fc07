package strongroom.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;

/// The hashes of all commits that the server is known to have, so that a history that goes back, or differs in any
/// place, is noticed however long ago that place was.
final class Heads {
    private static final int VAULT_ROW = 3;

    private Heads() {}

    /// The vaults that the window has opened, or that the server said are this person's.
    static List<Id> vaults(Connection connection) throws SQLException {
        String query = "SELECT vault FROM offered UNION SELECT id FROM row WHERE kind = " + VAULT_ROW;
        List<Id> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(Id.of(rows.getBytes(1)));
            }
        }
        return found;
    }

    /// The newest.
    static Exchange.Head of(Connection connection, Id vault) throws SQLException {
        String query = "SELECT sequence, hash FROM history WHERE vault = ? ORDER BY sequence DESC LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBytes(1, vault.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new Exchange.Head(rows.getLong(1), LogTable.digest(rows, 2))
                        : new Exchange.Head(0, Digest.ZERO);
            }
        }
    }

    /// The hash of one commit; zero if it is not known.
    static Digest at(Connection connection, Id vault, long sequence) throws SQLException {
        String query = "SELECT hash FROM history WHERE vault = ? AND sequence = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setLong(2, sequence);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? LogTable.digest(rows, 1) : Digest.ZERO;
            }
        }
    }

    static void add(Connection connection, Id vault, Exchange.Head head) throws SQLException {
        String insert = "INSERT INTO history (vault, sequence, hash) VALUES (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setLong(2, head.sequence());
            statement.setBytes(3, head.hash().toByteArray());
            statement.executeUpdate();
        }
    }

    /// Forgets a commit and all behind it.
    static void deleteFrom(Connection connection, Id vault, long sequence) throws SQLException {
        String delete = "DELETE FROM history WHERE vault = ? AND sequence >= ?";
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setLong(2, sequence);
            statement.executeUpdate();
        }
    }

    /// Refuses a server that has fewer commits than it had, or others.
    static void checkNotBehind(Connection connection, VaultRecord said) throws SQLException, StoreException {
        Exchange.Head head = of(connection, said.vault());
        boolean older = said.sequence() < head.sequence();
        boolean other = said.sequence() == head.sequence() && !said.head().equals(head.hash());
        if (older || other) {
            throw Failure.contradiction(
                    "The server's history of a vault is older than the one known here, or another.");
        }
    }
}
