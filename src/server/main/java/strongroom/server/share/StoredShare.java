package strongroom.server.share;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.server.db.Columns;
import strongroom.server.refusal.RefusedException;

/// A slot's row without its secret, as it stood when it was read.
///
/// @param confirmationKey checks confirmations
/// @param ticket of the latest try
/// @param confirmed ticket of the last try that was confirmed
/// @param reading highest reading that a lease was asked for with
record StoredShare(
        VerifyingKey confirmationKey, Optional<Id> ticket, Optional<Id> confirmed, Optional<HighestReading> reading) {
    /// @throws RefusedException NOT_FOUND, also if the slot is another device's
    static StoredShare find(Handle handle, Id device, Id slot) throws RefusedException {
        return handle.createQuery("SELECT confirmation_key, ticket, confirmed, reading, reading_at FROM share_key"
                        + " WHERE slot = :slot AND device = :device")
                .bind("slot", slot.toByteArray())
                .bind("device", device.toByteArray())
                .map((row, _) -> new StoredShare(
                        Columns.key(row, "confirmation_key"), id(row, "ticket"), id(row, "confirmed"), reading(row)))
                .findOne()
                .orElseThrow(RefusedException::notFound);
    }

    private static Optional<Id> id(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).map(Id::of);
    }

    private static Optional<HighestReading> reading(ResultSet row) throws SQLException {
        if (row.getObject("reading") == null) {
            return Optional.empty();
        }
        return Optional.of(new HighestReading(row.getLong("reading"), Instant.ofEpochMilli(row.getLong("reading_at"))));
    }
}
