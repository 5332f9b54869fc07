package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;

/// What this device notes of the entries of a vault for itself: which of them stay here, and when each was opened last.
/// A note that is damaged counts as none. Safe for several threads.
final class DeviceNotes {
    private static final byte[] KEPT = {1};

    private final Database database;
    private final SealedRows rows;
    private final Id vault;
    private final Map<Id, Instant> opened = new HashMap<>();
    private @Nullable Set<Id> kept;

    DeviceNotes(Database database, SealedRows rows, Id vault) {
        this.database = database;
        this.rows = rows;
        this.vault = vault;
    }

    /// What stays here, with everything in it.
    synchronized Set<Id> kept() throws StoreException {
        if (kept == null) {
            Set<Id> found = new HashSet<>();
            for (SealedRows.Row row : database.read(all(SealedRows.Kind.KEPT))) {
                if (opens(row).length > 0) {
                    found.add(row.id());
                }
            }
            kept = found;
        }
        return Set.copyOf(kept);
    }

    private Database.Work<Iterable<SealedRows.Row>> all(SealedRows.Kind kind) {
        return connection -> SealedRows.all(connection, kind, vault);
    }

    private byte[] opens(SealedRows.Row row) {
        try {
            return rows.open(row);
        } catch (NotAuthenticException e) {
            return new byte[0];
        }
    }

    synchronized void keep(Id entry, boolean stays) throws StoreException {
        database.write(connection -> {
            if (stays) {
                put(connection, SealedRows.Kind.KEPT, entry, KEPT);
            } else {
                SealedRows.remove(connection, SealedRows.Kind.KEPT, vault, entry);
            }
            return entry;
        });
        kept = null;
    }

    private void put(Connection connection, SealedRows.Kind kind, Id entry, byte[] note) throws SQLException {
        long version = SealedRows.find(connection, kind, vault, entry)
                .map(SealedRows.Row::version)
                .orElse(0L);
        rows.put(connection, kind, vault, entry, version + 1, note);
    }

    /// A document is being opened; written down with {@link #flush}, so that opening does not wait for the disk.
    synchronized void opened(Id document, Instant now) {
        opened.put(document, now);
    }

    /// Writes down what was opened.
    synchronized void flush() throws StoreException {
        if (opened.isEmpty()) {
            return;
        }
        database.write(connection -> {
            for (Map.Entry<Id, Instant> one : opened.entrySet()) {
                byte[] note = new CanonicalWriter().instant(one.getValue()).toByteArray();
                put(connection, SealedRows.Kind.OPENED, one.getKey(), note);
            }
            return opened;
        });
        opened.clear();
    }

    /// When each document was opened last; those that never were are not in it.
    synchronized Map<Id, Instant> lastOpened() throws StoreException {
        Map<Id, Instant> found = new HashMap<>();
        for (SealedRows.Row row : database.read(all(SealedRows.Kind.OPENED))) {
            at(row).ifPresent(at -> found.put(row.id(), at));
        }
        found.putAll(opened);
        return found;
    }

    private Optional<Instant> at(SealedRows.Row row) {
        try {
            return Optional.of(new CanonicalReader(opens(row)).instant());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /// Forgets entries that are no more.
    synchronized void forget(Set<Id> entries) throws StoreException {
        opened.keySet().removeAll(entries);
        database.write(connection -> {
            for (Id entry : entries) {
                SealedRows.remove(connection, SealedRows.Kind.KEPT, vault, entry);
                SealedRows.remove(connection, SealedRows.Kind.OPENED, vault, entry);
            }
            return entries;
        });
        kept = null;
    }
}
