package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;

/// The sealed row that says which ways into the store were shown to open, and when. Who writes into the files of the
/// store can take it away or put an earlier one back, after which the ways are asked for again; to say that one was
/// shown later than it was takes the store's key. Safe for several threads. After the lock every call fails.
public final class WaysRow {
    private static final Id NOBODY = SealedRows.NOBODY;
    private static final SealedRows.Kind KIND = SealedRows.Kind.WAYS;

    private final Database database;
    private final SealedRows rows;

    WaysRow(Database database, SealedRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /// What the store says; nothing if the row is gone or damaged.
    public KeptWays read() throws StoreException {
        return database.read(connection -> {
            Optional<SealedRows.Row> row = find(connection);
            try {
                return row.isEmpty() ? KeptWays.NONE : KeptWays.of(rows.open(row.get()));
            } catch (NotAuthenticException | MalformedException e) {
                return KeptWays.NONE;
            }
        });
    }

    /// Writes it down, durably.
    public void write(KeptWays ways) throws StoreException {
        database.write(connection -> {
            long version = find(connection).map(SealedRows.Row::version).orElse(0L);
            rows.put(connection, KIND, NOBODY, NOBODY, version + 1, ways.toByteArray());
            return ways;
        });
    }

    private static Optional<SealedRows.Row> find(Connection connection) throws SQLException {
        return SealedRows.find(connection, KIND, NOBODY, NOBODY);
    }
}
