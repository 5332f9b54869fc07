package strongroom.server.share;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Id;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;

/// Which devices need the server to open, and until when one opens without it. A device keeps its lease when
/// its keys here are destroyed, so this outlives them. Safe for all threads.
public final class Exposure {
    private final Database database;

    /// @param database has the leases
    public Exposure(Database database) {
        this.database = database;
    }

    /// Every device that has a key here or ever got a lease.
    public List<ShareReport> all() {
        return database.read(handle -> handle.createQuery(
                        "SELECT id, EXISTS (SELECT 1 FROM share_key WHERE share_key.device = id) AS keyed,"
                                + " coalesce(lease_end, 0) AS lease_end"
                                + " FROM device LEFT JOIN share_device ON share_device.device = id"
                                + " WHERE keyed OR lease_end > 0 ORDER BY id")
                .map((row, _) -> new ShareReport(
                        Columns.id(row, "id"), row.getBoolean("keyed"), Instant.ofEpochMilli(row.getLong("lease_end"))))
                .list());
    }

    /// Notes a lease. One that ends earlier than another takes nothing back from it.
    static void extend(Handle handle, Id device, Instant end) {
        handle.createUpdate("INSERT INTO share_device (device, lease_end) VALUES (:device, :end)"
                        + " ON CONFLICT (device) DO UPDATE SET lease_end = max(lease_end, :end)")
                .bind("device", device.toByteArray())
                .bind("end", end.toEpochMilli())
                .execute();
    }
}
