package strongroom.server.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import strongroom.protocol.AdminRequest;
import strongroom.protocol.Digest;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Organisation;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.db.Database;
import strongroom.server.refusal.RefusedException;

/// Admits requests that an administrator signed: the root certified the key, the signature covers method, path and
/// body, it is at most five minutes old (or ahead, clocks differ) and was never admitted before. The nonces are in the
/// database, so a restart does not open the door to a replay. The server keeps no list of administrators: the root
/// says who is one.
public final class Administrators {
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private final Organisation organisation;
    private final Database database;
    private final Clock clock;

    /// @param organisation whose root certifies administrators
    public Administrators(Organisation organisation, Database database, Clock clock) {
        this.organisation = organisation;
        this.database = database;
        this.clock = clock;
    }

    /// @param header value of {@link strongroom.protocol.Wire#ADMINISTRATOR}, empty if there is none
    /// @param method HTTP method
    /// @param path path and query
    /// @param body SHA-256 of the body
    /// @throws RefusedException NOT_ADMINISTRATOR, whatever it is that does not hold
    public Administrator admit(String header, String method, String path, Digest body) throws RefusedException {
        Instant now = clock.instant();
        try {
            String[] parts = header.split("\\.", -1);
            if (parts.length != 2) {
                throw refused();
            }
            Signed certificate = Signed.of(Base64.getDecoder().decode(parts[0]));
            KeyCertificate opened = organisation.administrator(certificate, now);
            AdminRequest request =
                    AdminRequest.open(Signed.of(Base64.getDecoder().decode(parts[1])), opened.key());
            if (!request.method().equals(method)
                    || !request.path().equals(path)
                    || !request.body().equals(body)
                    || Duration.between(request.at(), now).abs().compareTo(GOOD_FOR) > 0) {
                throw refused();
            }
            useUp(request, now);
            return new Administrator(certificate, opened);
        } catch (MalformedException | IllegalArgumentException e) {
            throw refused();
        }
    }

    private void useUp(AdminRequest request, Instant now) throws RefusedException {
        int added = database.write(handle -> {
            handle.createUpdate("DELETE FROM admin_nonce WHERE until < :now")
                    .bind("now", now.toEpochMilli())
                    .execute();
            // Good until `at` plus five minutes, and `at` may lie five minutes ahead.
            return handle.createUpdate("INSERT INTO admin_nonce (nonce, until) VALUES (:nonce, :until)"
                            + " ON CONFLICT DO NOTHING")
                    .bind("nonce", request.nonce().toByteArray())
                    .bind("until", request.at().plus(GOOD_FOR).toEpochMilli() + 1)
                    .execute();
        });
        if (added == 0) {
            throw refused();
        }
    }

    private static RefusedException refused() {
        return new RefusedException(
                Refusal.NOT_ADMINISTRATOR, "This needs a fresh request signed by an administrator's key.");
    }
}
