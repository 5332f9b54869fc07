package strongroom.server.people;

import java.time.Instant;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.server.db.Columns;
import strongroom.server.refusal.RefusedException;

/// An enrolment code as the server keeps it.
///
/// @param person whom it is for
/// @param administrator certificate of who made it
/// @param statement certificate of the code itself
/// @param notAfter its last moment
/// @param request the request that used it, null if none did
/// @param device the device that came in with it, null if none did
public record StoredCode(
        Id person,
        Signed administrator,
        Signed statement,
        Instant notAfter,
        byte @Nullable [] request,
        @Nullable Id device) {
    /// @throws RefusedException CODE_UNKNOWN
    public static StoredCode find(Handle handle, Digest fingerprint) throws RefusedException {
        return handle.createQuery("SELECT * FROM code WHERE fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint.toByteArray())
                .map((row, _) -> {
                    byte @Nullable [] device = row.getBytes("device");
                    return new StoredCode(
                            Columns.id(row, "person"),
                            Columns.value(row, "administrator", Signed::of),
                            Columns.value(row, "statement", Signed::of),
                            Instant.ofEpochMilli(row.getLong("not_after")),
                            row.getBytes("request"),
                            device == null ? null : Id.of(device));
                })
                .findOne()
                .orElseThrow(() -> new RefusedException(Refusal.CODE_UNKNOWN, "There is no such enrolment code."));
    }

    /// Whether a device came in with it.
    public boolean used() {
        return device != null;
    }

    /// @throws RefusedException CODE_EXPIRED
    public void requireGood(Instant now) throws RefusedException {
        if (now.isAfter(notAfter)) {
            throw new RefusedException(Refusal.CODE_EXPIRED, "The enrolment code is past its date.");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredCode that
                && statement.equals(that.statement)
                && Arrays.equals(request, that.request);
    }

    @Override
    public int hashCode() {
        return statement.hashCode();
    }

    @Override
    public String toString() {
        return "StoredCode[" + person + "]";
    }
}
