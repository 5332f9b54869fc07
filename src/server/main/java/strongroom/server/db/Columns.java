package strongroom.server.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Reads the protocol's values from columns. The server wrote them after checking them, so a value that does not
/// parse is damage to the database, not a client's doing: `IllegalStateException`.
public final class Columns {
    private Columns() {}

    /// Parses what the server stored.
    @FunctionalInterface
    public interface Parser<T> {
        /// @return the value
        T parse(byte[] stored) throws MalformedException;
    }

    /// An id of 16 bytes.
    public static Id id(ResultSet row, String column) throws SQLException {
        return Id.of(row.getBytes(column));
    }

    /// A digest of 32 bytes.
    public static Digest digest(ResultSet row, String column) throws SQLException {
        return Digest.of(row.getBytes(column));
    }

    /// A public key in canonical bytes.
    public static VerifyingKey key(ResultSet row, String column) throws SQLException {
        return value(row, column, stored -> {
            CanonicalReader in = new CanonicalReader(stored);
            VerifyingKey key = VerifyingKey.read(in);
            in.end();
            return key;
        });
    }

    /// A public key as {@link #key} reads it.
    public static byte[] of(VerifyingKey key) {
        CanonicalWriter out = new CanonicalWriter();
        key.write(out);
        return out.toByteArray();
    }

    /// Any record in canonical bytes.
    public static <T> T value(ResultSet row, String column, Parser<T> parser) throws SQLException {
        try {
            return parser.parse(row.getBytes(column));
        } catch (MalformedException e) {
            throw new IllegalStateException("the database is damaged in column " + column, e);
        }
    }
}
