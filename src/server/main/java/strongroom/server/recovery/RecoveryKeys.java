package strongroom.server.recovery;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Organisation;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.people.Administrator;
import strongroom.server.refusal.RefusedException;

/// The organisation's recovery keys. The root signs each, so the server carries them and cannot make one.
public final class RecoveryKeys {
    private final Organisation organisation;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    /// @param organisation whose root signs @param audit gets a row for each key
    public RecoveryKeys(Organisation organisation, Database database, Audit audit, Clock clock) {
        this.organisation = organisation;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Takes a key in place of the one before. The same again changes nothing.
    ///
    /// @throws RefusedException MALFORMED if the root did not sign it, CONFLICT if there is one with this
    ///     number or a higher one
    public void put(Administrator administrator, Signed statement) throws RefusedException {
        RecoveryKey key = opened(statement);
        database.write(handle -> {
            Optional<Signed> newest = find(handle);
            if (newest.isPresent() && newest.get().equals(statement)) {
                return false;
            }
            if (newest.isPresent() && key.number() <= opened(newest.get()).number()) {
                throw new RefusedException(
                        Refusal.CONFLICT, "There is a recovery key with this number or a higher one.");
            }
            handle.createUpdate("INSERT INTO recovery_key (number, fingerprint, statement, at)"
                            + " VALUES (:number, :fingerprint, :statement, :now)")
                    .bind("number", key.number())
                    .bind("fingerprint", key.fingerprint().toByteArray())
                    .bind("statement", statement.toByteArray())
                    .bind("now", clock.millis())
                    .execute();
            audit.record(
                    handle,
                    administrator.fingerprint(),
                    "recovery-key",
                    key.fingerprint().toByteArray());
            return true;
        });
    }

    /// The key to seal to. @throws RefusedException NOT_FOUND if there is none
    public Signed newest() throws RefusedException {
        return database.read(RecoveryKeys::find).orElseThrow(RefusedException::notFound);
    }

    private static Optional<Signed> find(Handle handle) {
        return handle.createQuery("SELECT statement FROM recovery_key ORDER BY number DESC LIMIT 1")
                .map((row, _) -> Columns.value(row, "statement", Signed::of))
                .findOne();
    }

    private RecoveryKey opened(Signed statement) throws RefusedException {
        try {
            return RecoveryKey.open(statement, organisation);
        } catch (MalformedException e) {
            throw RefusedException.malformed("This is no recovery key that the root signed.");
        }
    }
}
