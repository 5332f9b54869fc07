package strongroom.server.people;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.CodeStatus;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.refusal.RefusedException;

/// The enrolment codes that administrators certified and the people they are for. The server sees the public half of
/// a code only: it cannot enrol a device of its own.
public final class Codes {
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    /// @param audit gets a row for each code
    public Codes(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Takes a code, and its person if they are new. The same code again changes nothing.
    ///
    /// @throws RefusedException MALFORMED, or CONFLICT if the person's id or name belongs to someone else
    public void register(Administrator administrator, Signed code) throws RefusedException {
        KeyCertificate certificate = open(administrator, code);
        if (certificate.key().algorithm() != VerifyingKey.Algorithm.ED25519
                || certificate.name().isBlank()) {
            throw RefusedException.malformed("A code has an Ed25519 key and the name of a person.");
        }
        database.write(handle -> {
            keepPerson(handle, certificate);
            int added = handle.createUpdate(
                            "INSERT INTO code (fingerprint, person, administrator, statement, signing_key, not_after)"
                                    + " VALUES (:fingerprint, :person, :administrator, :statement, :key, :until)"
                                    + " ON CONFLICT DO NOTHING")
                    .bind("fingerprint", certificate.key().fingerprint().toByteArray())
                    .bind("person", certificate.subject().toByteArray())
                    .bind("administrator", administrator.certificate().toByteArray())
                    .bind("statement", code.toByteArray())
                    .bind("key", Columns.of(certificate.key()))
                    .bind("until", certificate.notAfter().toEpochMilli())
                    .execute();
            if (added == 1) {
                audit.record(
                        handle,
                        administrator.fingerprint(),
                        "code",
                        certificate.subject().toByteArray());
            } else if (!isTheSame(handle, certificate, code)) {
                throw new RefusedException(Refusal.CONFLICT, "This code was made for somebody already.");
            }
            return added;
        });
    }

    /// What a device may know of a code before it uses it.
    ///
    /// @throws RefusedException CODE_UNKNOWN, or CODE_EXPIRED if it was not used in time
    public CodeStatus status(Digest fingerprint) throws RefusedException {
        return database.read(handle -> {
            StoredCode code = StoredCode.find(handle, fingerprint);
            if (!code.used()) {
                code.requireGood(Instant.ofEpochMilli(clock.millis()));
            }
            return handle.createQuery("SELECT proof, enrolled FROM device WHERE person = :person AND first = 1")
                    .bind("person", code.person().toByteArray())
                    .map((row, _) -> new CodeStatus(
                            code.administrator(),
                            code.statement(),
                            code.used(),
                            Columns.value(row, "proof", EnrolmentProof::of),
                            row.getLong("enrolled")))
                    .findOne()
                    .orElseGet(() -> new CodeStatus(code.administrator(), code.statement(), code.used(), null, 0));
        });
    }

    /// Everybody, by name.
    public List<Person> people() {
        return database.read(handle -> handle.createQuery("SELECT id, name FROM person ORDER BY name")
                .map((row, _) -> new Person(Columns.id(row, "id"), row.getString("name")))
                .list());
    }

    private KeyCertificate open(Administrator administrator, Signed code) throws RefusedException {
        try {
            return KeyCertificate.open(code, administrator.opened().key(), KeyCertificate.Role.CODE, clock.instant());
        } catch (MalformedException e) {
            throw RefusedException.malformed("This is no code that the administrator certified for now.");
        }
    }

    private void keepPerson(Handle handle, KeyCertificate certificate) throws RefusedException {
        handle.createUpdate("INSERT INTO person (id, name, created) VALUES (:id, :name, :now) ON CONFLICT DO NOTHING")
                .bind("id", certificate.subject().toByteArray())
                .bind("name", certificate.name())
                .bind("now", clock.millis())
                .execute();
        boolean same = handle.createQuery("SELECT 1 FROM person WHERE id = :id AND name = :name")
                .bind("id", certificate.subject().toByteArray())
                .bind("name", certificate.name())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!same) {
            throw new RefusedException(Refusal.CONFLICT, "Another person has this id or this name.");
        }
    }

    private static boolean isTheSame(Handle handle, KeyCertificate certificate, Signed code) throws RefusedException {
        return StoredCode.find(handle, certificate.key().fingerprint())
                .statement()
                .equals(code);
    }
}
