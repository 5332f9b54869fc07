package strongroom.server.posture;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import strongroom.protocol.Signed;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.KeyProof;
import strongroom.protocol.posture.PostureReport;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.device.ProvenKeys;
import strongroom.server.refusal.RefusedException;

/// What devices report of themselves, the newest of each, as they signed it. Safe for all threads.
public final class Postures {
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Database database;
    private final TrustedIssuers issuers;
    private final Clock clock;

    /// @param issuers tell a maker's certificate that is trusted from any other
    public Postures(Database database, TrustedIssuers issuers, Clock clock) {
        this.database = database;
        this.issuers = issuers;
        this.clock = clock;
    }

    /// Keeps a report; one that is older than the one there is changes nothing.
    ///
    /// @return what is known of the device's keys, so that it can show what is missing
    /// @throws RefusedException MALFORMED if it is not the device's own, or of a time to come: after such a one no
    ///     true one would count
    public KeyProof put(Device device, Signed statement) throws RefusedException {
        PostureReport report = opened(device, statement);
        Instant now = clock.instant();
        if (!report.device().equals(device.id()) || report.at().isAfter(now.plus(AHEAD))) {
            throw RefusedException.malformed("The report is of another device, or of a time to come.");
        }
        return database.write(handle -> {
            Devices.find(handle, device.id()).requireActive();
            handle.createUpdate("INSERT INTO posture (device, statement, at) VALUES (:device, :statement, :at)"
                            + " ON CONFLICT DO UPDATE SET statement = excluded.statement, at = excluded.at"
                            + " WHERE excluded.at >= posture.at")
                    .bind("device", device.id().toByteArray())
                    .bind("statement", statement.toByteArray())
                    .bind("at", report.at().toEpochMilli())
                    .execute();
            return ProvenKeys.tpm(handle, device.id())
                    .map(tpm -> issuers.load().proof(tpm, now))
                    .orElse(KeyProof.NONE);
        });
    }

    private static PostureReport opened(Device device, Signed statement) throws RefusedException {
        try {
            return PostureReport.open(statement, device.statementKey());
        } catch (MalformedException e) {
            throw RefusedException.malformed("This is no report that the device signed.");
        }
    }

    /// All devices of which something is known.
    public List<DevicePosture> all() {
        TrustedIssuers.Loaded trusted = issuers.load();
        Instant now = clock.instant();
        return database.read(handle -> handle.createQuery("SELECT device.id, device_tpm.identity, posture.statement"
                        + " FROM device LEFT JOIN device_tpm ON device_tpm.device = device.id"
                        + " LEFT JOIN posture ON posture.device = device.id"
                        + " WHERE device_tpm.identity IS NOT NULL OR posture.statement IS NOT NULL")
                .map((row, _) -> new DevicePosture(
                        Columns.id(row, "id"),
                        proof(row, trusted, now),
                        row.getBytes("statement") == null ? null : Columns.value(row, "statement", Signed::of)))
                .list());
    }

    private static KeyProof proof(ResultSet row, TrustedIssuers.Loaded trusted, Instant now) throws SQLException {
        return row.getBytes("identity") == null
                ? KeyProof.NONE
                : trusted.proof(Columns.value(row, "identity", TpmIdentity::of), now);
    }
}
