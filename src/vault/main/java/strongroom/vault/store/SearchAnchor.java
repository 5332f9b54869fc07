package strongroom.vault.store;

import java.util.Optional;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.search.Anchor;

/// The sealed row that says which search index is the store's, and how far it was.
final class SearchAnchor implements Anchor {
    private final Database database;
    private final SealedRows rows;

    SearchAnchor(Database database, SealedRows rows) {
        this.database = database;
        this.rows = rows;
    }

    @Override
    public Optional<Point> read() throws StoreException {
        Optional<SealedRows.Row> row = row();
        try {
            if (row.isEmpty()) {
                return Optional.empty();
            }
            CanonicalReader in = new CanonicalReader(rows.open(row.get()));
            Point point = new Point(Id.read(in), in.int64());
            in.end();
            return Optional.of(point);
        } catch (NotAuthenticException | MalformedException e) {
            // The index is made anew, and this row with it.
            return Optional.empty();
        }
    }

    @Override
    public void write(Point point) throws StoreException {
        CanonicalWriter out = new CanonicalWriter();
        point.index().write(out);
        byte[] encoded = out.int64(point.generation()).toByteArray();
        long version = row().map(SealedRows.Row::version).orElse(0L) + 1;
        database.write(connection -> {
            rows.put(connection, SealedRows.Kind.SEARCH, SealedRows.NOBODY, SealedRows.NOBODY, version, encoded);
            return point;
        });
    }

    private Optional<SealedRows.Row> row() throws StoreException {
        return database.read(connection ->
                SealedRows.find(connection, SealedRows.Kind.SEARCH, SealedRows.NOBODY, SealedRows.NOBODY));
    }
}
