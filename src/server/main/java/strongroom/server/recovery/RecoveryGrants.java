package strongroom.server.recovery;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.protocol.RecoveryGrant;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.people.Administrator;
import strongroom.server.refusal.RefusedException;

/// The keys of people, sealed to a recovery key by their own devices. A person's signature is on each, so one
/// device cannot leave another person's.
public final class RecoveryGrants {
    private static final String NEWEST = "(SELECT fingerprint FROM recovery_key ORDER BY number DESC LIMIT 1)";

    private final Database database;
    private final Audit audit;
    private final Clock clock;

    /// @param audit gets a row whenever an administrator takes somebody's grants away
    public RecoveryGrants(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Keeps a grant of the device's person; a later one for the same key takes the place of an earlier one.
    ///
    /// @throws RefusedException MALFORMED if it is not the person's, CONFLICT if it is not for the newest key
    public void put(Device giver, Signed statement) throws RefusedException {
        RecoveryGrant grant = giver.openedByPerson(person -> RecoveryGrant.open(statement, person));
        if (!grant.person().equals(giver.person())) {
            throw RefusedException.malformed("The grant is of another person.");
        }
        database.write(handle -> {
            Devices.find(handle, giver.id()).requireActive();
            boolean newest = handle.createQuery("SELECT " + NEWEST)
                    .mapTo(byte[].class)
                    .filter(key -> Arrays.equals(key, grant.key().toByteArray()))
                    .findOne()
                    .isPresent();
            if (!newest) {
                throw new RefusedException(Refusal.CONFLICT, "The grant is not for the present recovery key.");
            }
            return handle.createUpdate("INSERT INTO recovery_grant (person, recovery_key, statement, at)"
                            + " VALUES (:person, :key, :statement, :now)"
                            + " ON CONFLICT DO UPDATE SET statement = excluded.statement, at = excluded.at")
                    .bind("person", grant.person().toByteArray())
                    .bind("key", grant.key().toByteArray())
                    .bind("statement", statement.toByteArray())
                    .bind("now", clock.millis())
                    .execute();
        });
    }

    /// The person's grant for the newest key. @throws RefusedException NOT_FOUND if there is none
    public Signed get(Id person) throws RefusedException {
        return database.read(handle -> handle.createQuery(
                        "SELECT statement FROM recovery_grant" + " WHERE person = :person AND recovery_key = " + NEWEST)
                .bind("person", person.toByteArray())
                .map((row, _) -> Columns.value(row, "statement", Signed::of))
                .findOne()
                .orElseThrow(RefusedException::notFound));
    }

    /// The person's grants for all keys, newest first. Written into the audit: with enough shares, what an
    /// administrator takes away here can be opened without asking the server again.
    public List<Signed> of(Administrator administrator, Id person) {
        return database.write(handle -> {
            List<Signed> grants = handle.createQuery("SELECT recovery_grant.statement FROM recovery_grant"
                            + " JOIN recovery_key ON recovery_key.fingerprint = recovery_grant.recovery_key"
                            + " WHERE person = :person ORDER BY number DESC")
                    .bind("person", person.toByteArray())
                    .map((row, _) -> Columns.value(row, "statement", Signed::of))
                    .list();
            if (!grants.isEmpty()) {
                audit.record(handle, administrator.fingerprint(), "recovery-read", person.toByteArray());
            }
            return grants;
        });
    }
}
