package strongroom.vault.store;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

/// Whom the store belongs to, and the row that says so. Owns its secrets. Safe for several threads.
final class Owner implements AutoCloseable {
    private final Database database;
    private final SealedRows rows;
    private long version;
    private @Nullable PersonIdentity identity;
    private @Nullable Author author;

    Owner(Database database, SealedRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /// @return false if the row is damaged
    synchronized boolean load() throws StoreException {
        Optional<SealedRows.Row> row = database.read(connection ->
                SealedRows.find(connection, SealedRows.Kind.IDENTITY, SealedRows.NOBODY, SealedRows.NOBODY));
        if (row.isEmpty()) {
            return true;
        }
        version = row.get().version();
        try {
            use(PersonIdentity.of(rows.open(row.get())));
            return true;
        } catch (NotAuthenticException | MalformedException e) {
            return false;
        }
    }

    synchronized Optional<PersonIdentity> identity() {
        return Optional.ofNullable(identity).map(PersonIdentity::copy);
    }

    /// Who signs changes; null as long as the person's keys are missing.
    synchronized @Nullable Author author() {
        return author;
    }

    /// The person's own key, and no other.
    synchronized Authors authors() {
        @Nullable PersonIdentity me = identity;
        @Nullable Author signer = author;
        return (vault, person) -> me != null && signer != null && person.equals(me.person())
                ? Optional.of(signer.verifyingKey())
                : Optional.empty();
    }

    synchronized void store(PersonIdentity fresh) throws StoreException {
        write(fresh);
        use(fresh.copy());
    }

    /// Changes nothing else, and lets go of no key: somebody may be signing with it.
    synchronized void store(RecoveryTrust trust) throws StoreException {
        @Nullable PersonIdentity before = identity;
        if (before == null) {
            return;
        }
        PersonIdentity fresh = before.with(trust);
        boolean written = false;
        try {
            write(fresh);
            written = true;
        } finally {
            (written ? before : fresh).close();
        }
        identity = fresh;
    }

    private void write(PersonIdentity fresh) throws StoreException {
        try (SecretBytes secret = fresh.toSecret()) {
            database.write(connection -> secret.<PersonIdentity, SQLException>use(bytes -> {
                rows.put(
                        connection, SealedRows.Kind.IDENTITY, SealedRows.NOBODY, SealedRows.NOBODY, version + 1, bytes);
                return fresh;
            }));
        }
        version++;
    }

    private void use(PersonIdentity fresh) throws StoreException {
        close();
        identity = fresh;
        author = fresh.isWaiting() ? null : Author.of(fresh);
    }

    @Override
    public synchronized void close() {
        if (author != null) {
            author.close();
        }
        if (identity != null) {
            identity.close();
        }
        author = null;
        identity = null;
    }
}
