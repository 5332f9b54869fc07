package strongroom.server.device;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.Id;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.refusal.RefusedException;

/// Which devices there are and where they stand. The database is asked each time: a status that changed holds for the
/// very next request. Safe for all threads.
public final class Devices {
    private static final String DEVICE = "SELECT device.id, device.person, device.status, device.statement_key,"
            + " person.signing_key FROM device JOIN person ON person.id = device.person";
    /// A contact is written at most this often, so that reading does not become writing.
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final Map<Id, Instant> seen = new ConcurrentHashMap<>();

    /// @param clock dates contacts
    public Devices(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Whose certificate this is.
    ///
    /// @param certificate SHA-256 of the whole certificate: the name in it is not believed
    public Optional<Device> byCertificate(Digest certificate) {
        return database.read(handle -> handle.createQuery(DEVICE
                        + " JOIN certificate ON certificate.device = device.id"
                        + " WHERE certificate.fingerprint = :certificate AND certificate.not_after >= :now")
                .bind("certificate", certificate.toByteArray())
                .bind("now", clock.millis())
                .map((row, _) -> device(row))
                .findOne());
    }

    /// A device by its id, in a transaction. @throws RefusedException NOT_FOUND
    public static Device find(Handle handle, Id id) throws RefusedException {
        return handle.createQuery(DEVICE + " WHERE device.id = :id")
                .bind("id", id.toByteArray())
                .map((row, _) -> device(row))
                .findOne()
                .orElseThrow(RefusedException::notFound);
    }

    /// Notes that a device was in contact.
    public void seen(Id device) {
        Instant now = clock.instant();
        Instant[] due = new Instant[1];
        seen.compute(device, (_, last) -> {
            if (last != null && now.isBefore(last.plus(SEEN_EVERY))) {
                return last;
            }
            due[0] = now;
            return now;
        });
        if (due[0] != null) {
            database.write(handle -> handle.createUpdate("UPDATE device SET last_seen = :now WHERE id = :id")
                    .bind("now", now.toEpochMilli())
                    .bind("id", device.toByteArray())
                    .execute());
        }
    }

    /// All devices of a person, or of everybody. @param person null for everybody
    public List<DeviceRecord> list(@Nullable Id person) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM device WHERE :person IS NULL OR person = :person" + " ORDER BY enrolled, id")
                .bind("person", person == null ? null : person.toByteArray())
                .map((row, _) -> new DeviceRecord(
                        Columns.id(row, "id"),
                        DeviceRecord.Status.valueOf(row.getString("status")),
                        Instant.ofEpochMilli(row.getLong("enrolled")),
                        Instant.ofEpochMilli(row.getLong("last_seen")),
                        row.getBoolean("first") || row.getBytes("granted") != null,
                        Columns.value(row, "proof", EnrolmentProof::of)))
                .list());
    }

    /// The active devices of a person.
    public static List<Id> active(Handle handle, Id person) {
        return handle.createQuery("SELECT id FROM device WHERE person = :person AND status = 'ACTIVE'")
                .bind("person", person.toByteArray())
                .map((row, _) -> Columns.id(row, "id"))
                .list();
    }

    /// All active devices.
    public static List<Id> active(Handle handle) {
        return handle.createQuery("SELECT id FROM device WHERE status = 'ACTIVE'")
                .map((row, _) -> Columns.id(row, "id"))
                .list();
    }

    /// Changes where a device stands.
    public static void put(Handle handle, Id device, DeviceRecord.Status status) {
        handle.createUpdate("UPDATE device SET status = :status WHERE id = :id")
                .bind("status", status.name())
                .bind("id", device.toByteArray())
                .execute();
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                Columns.id(row, "id"),
                Columns.id(row, "person"),
                DeviceRecord.Status.valueOf(row.getString("status")),
                Columns.key(row, "statement_key"),
                row.getBytes("signing_key") == null ? null : Columns.key(row, "signing_key"));
    }
}
