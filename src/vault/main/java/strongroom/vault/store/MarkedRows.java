package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;

/// The rows of one kind of one vault, with the exclusive or of their marks. Not safe for several threads.
final class MarkedRows {
    private static final int VERSIONS_SEARCHED = 64;
    private static final int SLICE = 1024;

    private final SealedRows rows;
    private final SealedRows.Kind kind;
    private final Id vault;
    private final SealedRows.Marker marker;
    private Map<Id, Long> versions = new HashMap<>();
    private byte[] marks = new byte[Digest.SIZE];

    MarkedRows(SealedRows rows, SealedRows.Kind kind, Id vault) {
        this.rows = rows;
        this.kind = kind;
        this.vault = vault;
        this.marker = rows.marker(kind, vault);
    }

    /// What the plaintext of a row means.
    @FunctionalInterface
    interface Reading<T> {
        T of(Id id, byte[] plaintext) throws MalformedException;
    }

    /// Some rows, opened and read, and the exclusive or of their marks.
    private record Slice<T>(List<SealedRows.Row> rows, List<Optional<T>> read, byte[] marks) {}

    /// Reads all rows, with all processors: a vault of many documents opens by this.
    ///
    /// @param reading called by several threads @param good given what each row means
    /// @param damaged given the id of each row that does not open, or means nothing
    <T> void load(Database database, Reading<T> reading, Consumer<T> good, Consumer<Id> damaged) throws StoreException {
        versions.clear();
        marks = new byte[Digest.SIZE];
        // Others may use the database while the rows are opened.
        List<SealedRows.Row> all = database.read(connection -> SealedRows.all(connection, kind, vault));
        List<Slice<T>> slices = IntStream.rangeClosed(0, all.size() / SLICE)
                .parallel()
                .mapToObj(i -> all.subList(i * SLICE, Math.min(all.size(), (i + 1) * SLICE)))
                .map(slice -> read(slice, reading))
                .toList();
        for (Slice<T> slice : slices) {
            SealedRows.xor(marks, slice.marks);
            for (int i = 0; i < slice.rows.size(); i++) {
                SealedRows.Row row = slice.rows.get(i);
                versions.put(row.id(), row.version());
                slice.read.get(i).ifPresentOrElse(good, () -> damaged.accept(row.id()));
            }
        }
    }

    private <T> Slice<T> read(List<SealedRows.Row> slice, Reading<T> reading) {
        SealedRows.Opener opener = rows.opener(kind);
        SealedRows.Marker own = rows.marker(kind, vault);
        List<Optional<T>> read = new ArrayList<>(slice.size());
        byte[] both = new byte[Digest.SIZE];
        for (SealedRows.Row row : slice) {
            SealedRows.xor(both, own.mark(row.id(), row.version()));
            try {
                read.add(Optional.of(reading.of(row.id(), opener.open(row))));
            } catch (NotAuthenticException | MalformedException e) {
                read.add(Optional.empty());
            }
        }
        return new Slice<>(slice, read, both);
    }

    /// Takes over, from where they are kept a second time, which rows are there.
    ///
    /// @param known taken over @param all what stands for them
    void adopt(Map<Id, Long> known, Digest all) {
        versions = known;
        marks = all.toByteArray();
    }

    /// The version of a row; 0 if there is none.
    long version(Id id) {
        return versions.getOrDefault(id, 0L);
    }

    int count() {
        return versions.size();
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
        byte[] difference = SealedRows.xor(marks.clone(), expected.toByteArray());
        for (Map.Entry<Id, Long> row : versions.entrySet()) {
            byte[] wanted = SealedRows.xor(difference.clone(), marker.mark(row.getKey(), row.getValue()));
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
        SealedRows.xor(marks, marker.mark(id, version));
    }

    private void forget(Id id) {
        Long version = versions.remove(id);
        if (version != null) {
            SealedRows.xor(marks, marker.mark(id, version));
        }
    }
}
