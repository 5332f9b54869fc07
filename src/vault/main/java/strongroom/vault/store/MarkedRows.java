package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.crypto.NotAuthenticException;

/// The rows of one kind of one vault, with the exclusive or of their marks. Not safe for several threads.
final class MarkedRows {
    private static final int VERSIONS_SEARCHED = 64;

    private final SealedRows rows;
    private final SealedRows.Kind kind;
    private final Id vault;
    private final SealedRows.Marker marker;
    private final Map<Id, Long> versions = new HashMap<>();
    private byte[] marks = new byte[Digest.SIZE];

    MarkedRows(SealedRows rows, SealedRows.Kind kind, Id vault) {
        this.rows = rows;
        this.kind = kind;
        this.vault = vault;
        this.marker = rows.marker(kind, vault);
    }

    /// Reads all rows. @param good given each plaintext @param damaged given the id of each row that does not open
    void load(Connection connection, BiConsumer<Id, byte[]> good, Consumer<Id> damaged) throws SQLException {
        versions.clear();
        marks = new byte[Digest.SIZE];
        for (SealedRows.Row row : SealedRows.all(connection, kind, vault)) {
            note(row.id(), row.version());
            try {
                good.accept(row.id(), rows.open(row));
            } catch (NotAuthenticException e) {
                damaged.accept(row.id());
            }
        }
    }

    /// Puts or deletes many rows. @param version never used before
    void write(Connection connection, long version, Collection<Id> ids, Function<Id, byte @Nullable []> plaintext)
            throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (SealedRows.Writer writer = rows.writer(connection, kind, vault)) {
            for (Id id : ids) {
                byte[] bytes = plaintext.apply(id);
                forget(id);
                if (bytes == null) {
                    writer.delete(id);
                } else {
                    writer.put(id, version, bytes);
                    note(id, version);
                }
            }
        }
    }

    /// Removes all of them, those that do not open, too.
    void clear(Connection connection) throws SQLException {
        SealedRows.clear(connection, kind, vault);
        versions.clear();
        marks = new byte[Digest.SIZE];
    }

    Set<Id> ids() {
        return Set.copyOf(versions.keySet());
    }

    /// What stands for all rows that are here now.
    Digest marks() {
        return Digest.of(marks);
    }

    /// The row that must have been put back to an older version to make `marks` out of `expected`, if it is one.
    List<Id> replayed(Digest expected) {
        byte[] difference = xor(marks.clone(), expected.toByteArray());
        for (Map.Entry<Id, Long> row : versions.entrySet()) {
            byte[] wanted = xor(difference.clone(), marker.mark(row.getKey(), row.getValue()));
            for (long newer = row.getValue() + 1; newer <= row.getValue() + VERSIONS_SEARCHED; newer++) {
                if (Arrays.equals(wanted, marker.mark(row.getKey(), newer))) {
                    return List.of(row.getKey());
                }
            }
        }
        return List.of();
    }

    private void note(Id id, long version) {
        versions.put(id, version);
        xor(marks, marker.mark(id, version));
    }

    private void forget(Id id) {
        Long version = versions.remove(id);
        if (version != null) {
            xor(marks, marker.mark(id, version));
        }
    }

    private static byte[] xor(byte[] into, byte[] other) {
        for (int i = 0; i < into.length; i++) {
            into[i] ^= other[i];
        }
        return into;
    }
}
