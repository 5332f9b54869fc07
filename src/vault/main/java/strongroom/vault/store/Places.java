package strongroom.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.chunk.Pack;
import strongroom.vault.store.chunk.Place;
import strongroom.vault.store.chunk.Side;

/// The tables that say where each chunk lies. A chunk has a row exactly as long as something names it: the row comes
/// in the transaction that names it, after its bytes are on the disk. Statements only: the caller has the
/// transaction.
final class Places {
    /// A pack as the tables have it.
    ///
    /// @param number its row @param length of what counts, in bytes
    /// @param live bytes of the chunks in it that have a place, with what stands before each
    record Row(long number, Pack pack, long length, long live) {}

    /// Of a chunk, where it lies.
    record Located(Digest chunk, Place place) {}

    private static final String FIND = "SELECT pack.id, pack.side, chunk.position, chunk.length FROM chunk"
            + " JOIN pack ON pack.number = chunk.pack WHERE chunk.id = ?";

    private static final String PACKS = "SELECT number, id, side, length, live FROM pack";

    private Places() {}

    static Optional<Place> find(Database database, Digest chunk) throws SQLException {
        PreparedStatement statement = database.prepared(FIND);
        statement.setBytes(1, chunk.toByteArray());
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Place(pack(rows, 1), rows.getLong(3), rows.getInt(4)))
                    : Optional.empty();
        }
    }

    private static Pack pack(ResultSet rows, int column) throws SQLException {
        return new Pack(Id.of(rows.getBytes(column)), Side.of(rows.getInt(column + 1)));
    }

    /// Notes what a batch wrote. A chunk that has a place keeps it.
    static void put(Connection connection, Map<Pack, Long> lengths, Map<Digest, Place> chunks) throws SQLException {
        Map<Pack, Long> numbers = new LinkedHashMap<>();
        for (Map.Entry<Pack, Long> length : lengths.entrySet()) {
            numbers.put(length.getKey(), grow(connection, length.getKey(), length.getValue()));
        }
        String insert = "INSERT OR IGNORE INTO chunk (id, pack, position, length) VALUES (?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Map.Entry<Digest, Place> chunk : chunks.entrySet()) {
                statement.setBytes(1, chunk.getKey().toByteArray());
                statement.setLong(2, numbers.getOrDefault(chunk.getValue().pack(), -1L));
                statement.setLong(3, chunk.getValue().position());
                statement.setInt(4, chunk.getValue().length());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// @return the number of the pack's row
    private static long grow(Connection connection, Pack pack, long length) throws SQLException {
        String upsert = "INSERT INTO pack (id, side, length) VALUES (?, ?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET length = excluded.length RETURNING number";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            statement.setBytes(1, pack.id().toByteArray());
            statement.setInt(2, pack.side().code());
            statement.setLong(3, length);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    static void remove(Connection connection, Collection<Digest> chunks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM chunk WHERE id = ?")) {
            for (Digest chunk : chunks) {
                statement.setBytes(1, chunk.toByteArray());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// All chunks that have a place.
    static List<Digest> all(Connection connection) throws SQLException {
        List<Digest> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM chunk");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(Digest.of(rows.getBytes(1)));
            }
        }
        return found;
    }

    /// All packs.
    static List<Row> packs(Connection connection) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PACKS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Row(rows.getLong(1), pack(rows, 2), rows.getLong(4), rows.getLong(5)));
            }
        }
        return found;
    }

    /// What lies in a pack, in the order in which it lies there.
    static List<Located> in(Connection connection, Row pack) throws SQLException {
        String query = "SELECT id, position, length FROM chunk WHERE pack = ? ORDER BY position";
        List<Located> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, pack.number);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Place place = new Place(pack.pack, rows.getLong(2), rows.getInt(3));
                    found.add(new Located(Digest.of(rows.getBytes(1)), place));
                }
            }
        }
        return found;
    }

    /// Forgets a pack and every chunk that still lies in it.
    static void removePack(Connection connection, Row pack) throws SQLException {
        for (String delete : List.of("DELETE FROM chunk WHERE pack = ?", "DELETE FROM pack WHERE number = ?")) {
            try (PreparedStatement statement = connection.prepareStatement(delete)) {
                statement.setLong(1, pack.number);
                statement.executeUpdate();
            }
        }
    }
}
