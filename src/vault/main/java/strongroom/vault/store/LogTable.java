package strongroom.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;

/// A table of commits in the order of a vault's log: the outbox holds what was made here and the server has not
/// taken, the inbox what the server has and the window has not applied, the replay what the window applied and wants
/// once more. Statements only: the caller has the
/// transaction.
enum LogTable {
    OUTBOX("outbox"),
    INBOX("inbox"),
    REPLAY("replay");

    /// A commit as it lies in the table; nothing of it is verified.
    record Row(long sequence, Digest hash, Digest parent, byte[] encoded) {
        Commit commit() throws MalformedException {
            return Commit.of(encoded);
        }
    }

    private final String table;

    LogTable(String table) {
        this.table = table;
    }

    void insert(Connection connection, Id vault, long sequence, Digest parent, Commit commit) throws SQLException {
        String insert = "INSERT INTO " + table + " (vault, sequence, hash, parent, encoded) VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setLong(2, sequence);
            statement.setBytes(3, commit.hash().toByteArray());
            statement.setBytes(4, parent.toByteArray());
            statement.setBytes(5, commit.toByteArray());
            statement.executeUpdate();
        }
    }

    /// All from a number on, in order.
    List<Row> from(Connection connection, Id vault, long sequence, int limit) throws SQLException {
        String query = "SELECT sequence, hash, parent, encoded FROM " + table
                + " WHERE vault = ? AND sequence >= ? ORDER BY sequence LIMIT ?";
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setLong(2, sequence);
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Row(rows.getLong(1), digest(rows, 2), digest(rows, 3), rows.getBytes(4)));
                }
            }
        }
        return found;
    }

    Optional<Row> first(Connection connection, Id vault) throws SQLException {
        return from(connection, vault, 0, 1).stream().findFirst();
    }

    Optional<Row> at(Connection connection, Id vault, long sequence) throws SQLException {
        return from(connection, vault, sequence, 1).stream()
                .filter(row -> row.sequence == sequence)
                .findFirst();
    }

    /// Removes all up to and including a number.
    void deleteUntil(Connection connection, Id vault, long sequence) throws SQLException {
        delete(connection, vault, sequence, "<=");
    }

    /// Removes a number and all behind it.
    void deleteFrom(Connection connection, Id vault, long sequence) throws SQLException {
        delete(connection, vault, sequence, ">=");
    }

    void delete(Connection connection, Id vault, long sequence) throws SQLException {
        delete(connection, vault, sequence, "=");
    }

    private void delete(Connection connection, Id vault, long sequence, String which) throws SQLException {
        String delete = "DELETE FROM " + table + " WHERE vault = ? AND sequence " + which + " ?";
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setLong(2, sequence);
            statement.executeUpdate();
        }
    }

    /// A damaged hash compares unequal to every real one.
    static Digest digest(ResultSet rows, int column) throws SQLException {
        byte[] bytes = rows.getBytes(column);
        return bytes != null && bytes.length == Digest.SIZE ? Digest.of(bytes) : Digest.ZERO;
    }
}
