package strongroom.server.audit;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.server.db.Columns;

/// Every act of an administrator as a row whose hash covers the row before it, written in the transaction of the act
/// itself: there is no act without its row and no row without its act. The chain shows a row that was changed, taken
/// out or put in; it cannot show a tail cut off by someone who owns the machine, unless the last hash is kept
/// elsewhere. Rows name ids only.
public final class Audit {
    private final Clock clock;

    /// @param clock dates the rows
    public Audit(Clock clock) {
        this.clock = clock;
    }

    /// One act.
    ///
    /// @param sequence 1 for the first
    /// @param at milliseconds since 1970
    /// @param administrator fingerprint of the key that signed the request
    /// @param act what was done, one word
    /// @param object the bytes that name what it was done to
    /// @param hash over the row before and this one
    private record Row(long sequence, long at, Digest administrator, String act, byte[] object, Digest hash) {
        private Digest expected(Digest previous) {
            CanonicalWriter out = new CanonicalWriter();
            previous.write(out);
            out.int64(sequence).int64(at);
            administrator.write(out);
            return Digest.sha256(out.text(act).bytes(object).toByteArray());
        }
    }

    /// Writes one row. @param handle the transaction that the act is done in
    public void record(Handle handle, Digest administrator, String act, byte[] object) {
        Row last = last(handle);
        Row unhashed = new Row(last.sequence + 1, clock.millis(), administrator, act, object, Digest.ZERO);
        handle.createUpdate("INSERT INTO audit (sequence, at, administrator, act, object, hash)"
                        + " VALUES (:sequence, :at, :administrator, :act, :object, :hash)")
                .bind("sequence", unhashed.sequence)
                .bind("at", unhashed.at)
                .bind("administrator", administrator.toByteArray())
                .bind("act", act)
                .bind("object", object)
                .bind("hash", unhashed.expected(last.hash).toByteArray())
                .execute();
    }

    /// Whether every row is as it was written, from the first to the last.
    public boolean isWhole(Handle handle) {
        Digest previous = Digest.ZERO;
        long sequence = 0;
        for (Row row : rows(handle, "SELECT * FROM audit ORDER BY sequence")) {
            sequence++;
            if (row.sequence != sequence || !row.hash.equals(row.expected(previous))) {
                return false;
            }
            previous = row.hash;
        }
        return true;
    }

    private static Row last(Handle handle) {
        List<Row> last = rows(handle, "SELECT * FROM audit ORDER BY sequence DESC LIMIT 1");
        return last.isEmpty() ? new Row(0, 0, Digest.ZERO, "", new byte[0], Digest.ZERO) : last.getFirst();
    }

    private static List<Row> rows(Handle handle, String sql) {
        return handle.createQuery(sql)
                .map((row, _) -> new Row(
                        row.getLong("sequence"),
                        row.getLong("at"),
                        Columns.digest(row, "administrator"),
                        row.getString("act"),
                        row.getBytes("object"),
                        Columns.digest(row, "hash")))
                .list();
    }
}
