package strongroom.vault.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.Hmac;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

/// The rows that only the window can read. Each is sealed under the key of its kind and bound to kind, vault, id and
/// version: put in another row's place, or back in its own after it was replaced, it does not open.
final class SealedRows implements AutoCloseable {
    /// Stands in the place of the vault in rows that belong to none.
    static final Id NOBODY = Id.of(new byte[Id.SIZE]);

    /// What a row holds; the number stands in the database and under the seal.
    enum Kind {
        /// One row: what the store is.
        STORE(1),
        /// One row: the person's and the device's secrets.
        IDENTITY(2),
        /// A vault's keys.
        VAULT(3),
        /// How far a vault's catalogue is.
        STATE(4),
        /// A document or folder as the server's log says.
        ENTRY(5),
        /// A document or folder as changes say that the server has not taken yet.
        DRAFT(6),
        /// One row: which search index is the present one.
        SEARCH(7),
        /// One row: how the clock ran.
        CLOCK(8),
        /// An entry that stays on this device.
        KEPT(9),
        /// When a document was opened on this device.
        OPENED(10),
        /// Some entries of a folder, as their rows of kind `ENTRY` say.
        PAGE(11),
        /// For which rows the pages stand.
        PAGES(12),
        /// One row: where the counter in the machine must stand.
        COUNTER(13),
        /// One row: which ways into the store were shown to open.
        WAYS(14);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /// A row as it lies in the database.
    record Row(Kind kind, Id vault, Id id, long version, byte[] sealed) {}

    private final Map<Kind, SecretBytes> keys = new EnumMap<>(Kind.class);
    private final SecretBytes markKey;
    private final RandomGenerator random;

    SealedRows(SecretBytes rootKey, RandomGenerator random) {
        this.random = random;
        for (Kind kind : Kind.values()) {
            keys.put(kind, derive(rootKey, "strongroom row v1 " + kind.code));
        }
        this.markKey = derive(rootKey, "strongroom row mark v1");
    }

    private static SecretBytes derive(SecretBytes rootKey, String label) {
        return Hkdf.derive(rootKey, new byte[0], label.getBytes(StandardCharsets.US_ASCII), Aead.KEY);
    }

    /// Puts one row, in place of the one that is there.
    ///
    /// @param version never used before for this row
    void put(Connection connection, Kind kind, Id vault, Id id, long version, byte[] plaintext) throws SQLException {
        try (Writer writer = writer(connection, kind, vault)) {
            writer.put(id, version, plaintext);
        }
    }

    /// Changes many rows of a kind and a vault with statements that are prepared once.
    Writer writer(Connection connection, Kind kind, Id vault) throws SQLException {
        return new Writer(connection, kind, vault);
    }

    /// See {@link #writer}. Closed before the transaction ends.
    final class Writer implements AutoCloseable {
        private final Kind kind;
        private final Id vault;
        private final PreparedStatement insert;
        private final PreparedStatement delete;

        private Writer(Connection connection, Kind kind, Id vault) throws SQLException {
            this.kind = kind;
            this.vault = vault;
            this.insert = connection.prepareStatement("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?)");
            this.delete = connection.prepareStatement("DELETE FROM row WHERE kind = ? AND vault = ? AND id = ?");
        }

        void put(Id id, long version, byte[] plaintext) throws SQLException {
            place(insert, id);
            insert.setLong(4, version);
            insert.setBytes(5, Aead.seal(key(kind), random, SealedRows.place(kind, vault, id, version), plaintext));
            insert.executeUpdate();
        }

        void delete(Id id) throws SQLException {
            place(delete, id);
            delete.executeUpdate();
        }

        private void place(PreparedStatement statement, Id id) throws SQLException {
            statement.setInt(1, kind.code);
            statement.setBytes(2, vault.toByteArray());
            statement.setBytes(3, id.toByteArray());
        }

        @Override
        public void close() throws SQLException {
            insert.close();
            delete.close();
        }
    }

    static Optional<Row> find(Connection connection, Kind kind, Id vault, Id id) throws SQLException {
        String query = "SELECT version, sealed FROM row WHERE kind = ? AND vault = ? AND id = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, kind.code);
            statement.setBytes(2, vault.toByteArray());
            statement.setBytes(3, id.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Row(kind, vault, id, rows.getLong(1), rows.getBytes(2)))
                        : Optional.empty();
            }
        }
    }

    static List<Row> all(Connection connection, Kind kind, Id vault) throws SQLException {
        String query = "SELECT id, version, sealed FROM row WHERE kind = ? AND vault = ?";
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, kind.code);
            statement.setBytes(2, vault.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] id = rows.getBytes(1);
                    byte[] sealed = rows.getBytes(3);
                    if (id != null && id.length == Id.SIZE && sealed != null) {
                        found.add(new Row(kind, vault, Id.of(id), rows.getLong(2), sealed));
                    }
                }
            }
        }
        return found;
    }

    static int count(Connection connection, Kind kind, Id vault) throws SQLException {
        String query = "SELECT count(*) FROM row WHERE kind = ? AND vault = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, kind.code);
            statement.setBytes(2, vault.toByteArray());
            try (ResultSet counted = statement.executeQuery()) {
                return counted.next() ? counted.getInt(1) : 0;
            }
        }
    }

    static void remove(Connection connection, Kind kind, Id vault, Id id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM row WHERE kind = ? AND vault = ? AND id = ?")) {
            statement.setInt(1, kind.code);
            statement.setBytes(2, vault.toByteArray());
            statement.setBytes(3, id.toByteArray());
            statement.executeUpdate();
        }
    }

    /// Removes all rows of a kind and a vault, whatever they hold.
    static void clear(Connection connection, Kind kind, Id vault) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM row WHERE kind = ? AND vault = ?")) {
            statement.setInt(1, kind.code);
            statement.setBytes(2, vault.toByteArray());
            statement.executeUpdate();
        }
    }

    /// The vaults that have a row of keys.
    static List<Id> vaults(Connection connection) throws SQLException {
        List<Id> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM row WHERE kind = ?")) {
            statement.setInt(1, Kind.VAULT.code);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(Id.of(rows.getBytes(1)));
                }
            }
        }
        return found;
    }

    /// The plaintext of a row.
    byte[] open(Row row) throws NotAuthenticException {
        return Aead.open(key(row.kind), place(row.kind, row.vault, row.id, row.version), row.sealed);
    }

    /// Opens many rows of a kind. One thread at a time.
    Opener opener(Kind kind) {
        Aead.Opener opener = new Aead.Opener(key(kind));
        return row -> opener.open(place(row.kind, row.vault, row.id, row.version), row.sealed);
    }

    /// See {@link #opener}.
    @FunctionalInterface
    interface Opener {
        byte[] open(Row row) throws NotAuthenticException;
    }

    /// Makes values that stand for "this row, in this version": their exclusive or over a table, kept in a sealed row,
    /// tells whether a row was taken away or put back to an older version. It never leaves the seal, so nobody can
    /// look for rows whose marks cancel out. One thread at a time.
    Marker marker(Kind kind, Id vault) {
        Hmac hmac = new Hmac(markKey);
        return (id, version) -> {
            byte[] place = place(kind, vault, id, version);
            hmac.update(place, 0, place.length);
            return hmac.finish();
        };
    }

    /// The marks of all rows of a kind that are there, without opening one.
    Digest marks(Connection connection, Kind kind, Id vault) throws SQLException {
        Marker marker = marker(kind, vault);
        byte[] marks = new byte[Digest.SIZE];
        String query = "SELECT id, version FROM row WHERE kind = ? AND vault = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, kind.code);
            statement.setBytes(2, vault.toByteArray());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    byte[] id = found.getBytes(1);
                    if (id != null && id.length == Id.SIZE) {
                        xor(marks, marker.mark(Id.of(id), found.getLong(2)));
                    }
                }
            }
        }
        return Digest.of(marks);
    }

    static byte[] xor(byte[] into, byte[] other) {
        for (int i = 0; i < into.length; i++) {
            into[i] ^= other[i];
        }
        return into;
    }

    /// The id of the row of a folder's page: the database does not show which pages are of one folder.
    Id page(Id vault, Id folder, int number) {
        byte[] name = new CanonicalWriter()
                .fixed("strongroom page".getBytes(StandardCharsets.US_ASCII))
                .fixed(vault.toByteArray())
                .fixed(folder.toByteArray())
                .uint32(number)
                .toByteArray();
        Hmac hmac = new Hmac(markKey);
        hmac.update(name, 0, name.length);
        return Id.of(Arrays.copyOf(hmac.finish(), Id.SIZE));
    }

    /// See {@link #marker}.
    @FunctionalInterface
    interface Marker {
        byte[] mark(Id id, long version);
    }

    private SecretBytes key(Kind kind) {
        SecretBytes key = keys.get(kind);
        if (key == null) {
            throw new IllegalStateException("no key for this kind of row");
        }
        return key;
    }

    private static byte[] place(Kind kind, Id vault, Id id, long version) {
        return new CanonicalWriter()
                .fixed("strongroom row".getBytes(StandardCharsets.US_ASCII))
                .uint8(kind.code)
                .fixed(vault.toByteArray())
                .fixed(id.toByteArray())
                .int64(version)
                .toByteArray();
    }

    @Override
    public void close() {
        keys.values().forEach(SecretBytes::close);
        markKey.close();
    }
}
