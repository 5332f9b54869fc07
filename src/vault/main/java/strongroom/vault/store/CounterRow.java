package strongroom.vault.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

/// The sealed row that says where the counter in the machine must stand. That there is one stands in another row
/// besides, the one that every store has: whoever takes this row away has not made a store that never had one. Safe for
/// several threads. After the lock every call fails.
public final class CounterRow implements AutoCloseable {
    /// The content of the row of a store that has a counter.
    private static final byte[] HAS_ONE = {2};

    private static final String LABEL = "strongroom counter authorisation v1";
    private static final int AUTHORISATION = 32;
    private static final Id NOBODY = SealedRows.NOBODY;

    private final Database database;
    private final SealedRows rows;
    private final SecretBytes authorisation;

    /// @param rootKey borrowed
    CounterRow(Database database, SealedRows rows, SecretBytes rootKey) {
        this.database = database;
        this.rows = rows;
        this.authorisation =
                Hkdf.derive(rootKey, new byte[0], LABEL.getBytes(StandardCharsets.US_ASCII), AUTHORISATION);
    }

    /// What a store says of its counter.
    public sealed interface Found {
        /// It has one.
        record Kept(KeptCounter counter) implements Found {}

        /// It never had one.
        record Never() implements Found {}

        /// It has one, and what it said of it was taken away or is damaged.
        record Gone() implements Found {}
    }

    /// What the store says.
    public Found read() throws StoreException {
        return database.read(connection -> {
            Optional<SealedRows.Row> row = find(connection, SealedRows.Kind.COUNTER);
            if (row.isEmpty()) {
                return has(connection) ? new Found.Gone() : new Found.Never();
            }
            try {
                return new Found.Kept(KeptCounter.of(rows.open(row.get())));
            } catch (NotAuthenticException | MalformedException e) {
                return new Found.Gone();
            }
        });
    }

    /// Writes it down, durably.
    public void write(KeptCounter counter) throws StoreException {
        database.write(connection -> {
            put(connection, SealedRows.Kind.COUNTER, counter.toByteArray());
            if (!has(connection)) {
                put(connection, SealedRows.Kind.STORE, HAS_ONE);
            }
            return counter;
        });
    }

    /// What stands for the documents of the store: another one after each change, whoever made it. Notes that the
    /// device makes for itself are no change.
    public Digest content() throws StoreException {
        return database.read(connection -> {
            CanonicalWriter out = new CanonicalWriter();
            List<Id> vaults = SealedRows.vaults(connection).stream().sorted().toList();
            for (Id vault : vaults) {
                vault.write(out);
                tip(connection, vault).write(out);
            }
            return Digest.sha256(out.toByteArray());
        });
    }

    /// What the counter in the machine wants to be shown. @return closed by the caller
    public SecretBytes authorisation() {
        return authorisation.copy();
    }

    private Digest tip(Connection connection, Id vault) throws SQLException {
        Optional<SealedRows.Row> row = SealedRows.find(connection, SealedRows.Kind.STATE, vault, vault);
        try {
            return row.isEmpty()
                    ? Digest.ZERO
                    : LogState.of(rows.open(row.get())).tip().hash();
        } catch (NotAuthenticException | MalformedException e) {
            // The store says elsewhere that it is damaged.
            return Digest.ZERO;
        }
    }

    private boolean has(Connection connection) throws SQLException {
        try {
            Optional<SealedRows.Row> row = find(connection, SealedRows.Kind.STORE);
            return row.isPresent() && rows.open(row.get())[0] == HAS_ONE[0];
        } catch (NotAuthenticException e) {
            return true;
        }
    }

    private void put(Connection connection, SealedRows.Kind kind, byte[] content) throws SQLException {
        long version = find(connection, kind).map(SealedRows.Row::version).orElse(0L);
        rows.put(connection, kind, NOBODY, NOBODY, version + 1, content);
    }

    private static Optional<SealedRows.Row> find(Connection connection, SealedRows.Kind kind) throws SQLException {
        return SealedRows.find(connection, kind, NOBODY, NOBODY);
    }

    @Override
    public void close() {
        authorisation.close();
    }
}
