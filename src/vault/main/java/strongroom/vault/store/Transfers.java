package strongroom.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;

/// The tables that say which chunks go up and which come down. Statements only: the caller has the transaction.
final class Transfers {
    private static final String TO_SEND = "SELECT chunk FROM chunk_out WHERE vault = ? ORDER BY position LIMIT ?";
    private static final String TO_FETCH =
            "SELECT chunk FROM chunk_in WHERE vault = ? AND wanted = 1 ORDER BY position LIMIT ?";
    private static final String ABSENT = "SELECT chunk FROM chunk_in WHERE vault = ? ORDER BY position LIMIT ?";

    private Transfers() {}

    static List<Digest> toSend(Connection connection, Id vault, int limit) throws SQLException {
        return select(connection, TO_SEND, vault, limit);
    }

    static List<Digest> toFetch(Connection connection, Id vault, int limit) throws SQLException {
        return select(connection, TO_FETCH, vault, limit);
    }

    /// Everything that is known not to be here, whether the server has it or not.
    static Set<Digest> absent(Connection connection, Id vault) throws SQLException {
        return new HashSet<>(select(connection, ABSENT, vault, Integer.MAX_VALUE));
    }

    static void send(Connection connection, Id vault, Collection<Digest> chunks) throws SQLException {
        forEach(connection, "INSERT OR IGNORE INTO chunk_out (vault, chunk) VALUES (?, ?)", vault, chunks);
    }

    static void sent(Connection connection, Id vault, Collection<Digest> chunks) throws SQLException {
        forEach(connection, "DELETE FROM chunk_out WHERE vault = ? AND chunk = ?", vault, chunks);
    }

    static void fetch(Connection connection, Id vault, Collection<Digest> chunks) throws SQLException {
        String insert = "INSERT INTO chunk_in (vault, chunk, wanted) VALUES (?, ?, 1)"
                + " ON CONFLICT (vault, chunk) DO UPDATE SET wanted = 1";
        forEach(connection, insert, vault, chunks);
    }

    static void here(Connection connection, Id vault, Collection<Digest> chunks) throws SQLException {
        forEach(connection, "DELETE FROM chunk_in WHERE vault = ? AND chunk = ?", vault, chunks);
    }

    /// A chunk that is not here need not come: the server lacks it.
    static void missing(Connection connection, Id vault, Digest chunk) throws SQLException {
        forEach(connection, "UPDATE chunk_in SET wanted = 0 WHERE vault = ? AND chunk = ?", vault, List.of(chunk));
    }

    /// Chunks that are not here, and need not come before somebody asks for them.
    static void away(Connection connection, Id vault, Collection<Digest> chunks) throws SQLException {
        String insert = "INSERT INTO chunk_in (vault, chunk, wanted) VALUES (?, ?, 0)"
                + " ON CONFLICT (vault, chunk) DO UPDATE SET wanted = 0";
        forEach(connection, insert, vault, chunks);
    }

    private static List<Digest> select(Connection connection, String query, Id vault, int limit) throws SQLException {
        List<Digest> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(Digest.of(rows.getBytes(1)));
                }
            }
        }
        return found;
    }

    private static void forEach(Connection connection, String sql, Id vault, Collection<Digest> chunks)
            throws SQLException {
        if (chunks.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Digest chunk : chunks) {
                statement.setBytes(1, vault.toByteArray());
                statement.setBytes(2, chunk.toByteArray());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
