package strongroom.server.vaults;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.Wire;
import strongroom.protocol.WrappedVaultKey;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.events.EventHub;
import strongroom.server.refusal.RefusedException;

/// Which vaults there are and whose. A member is who has a wrapped key of the vault; to everybody else the vault is
/// not there.
public final class Vaults {
    private final Database database;
    private final EventHub events;
    private final Clock clock;

    /// @param events tells the person's devices of a new vault
    public Vaults(Database database, EventHub events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /// Makes a vault by giving its creator's wrapped key, or adds the key of the next epoch. The same key again
    /// changes nothing.
    ///
    /// @throws RefusedException MALFORMED if the key is not the person's own for this vault, NOT_FOUND if the vault
    ///     is somebody else's, CONFLICT if another key stands in its place or its epoch is not the next
    public void put(Device caller, Id vault, Signed key) throws RefusedException {
        WrappedVaultKey opened = caller.openedByPerson(person -> WrappedVaultKey.open(key, person));
        if (!opened.vault().equals(vault) || !opened.person().equals(caller.person())) {
            throw RefusedException.malformed("The key is for another vault or another person.");
        }
        List<Id> listeners = database.write(handle -> {
            Devices.find(handle, caller.id()).requireActive();
            handle.createUpdate(
                            "INSERT INTO vault (id, head, created) VALUES (:id, :head, :now) ON CONFLICT DO NOTHING")
                    .bind("id", vault.toByteArray())
                    .bind("head", Digest.ZERO.toByteArray())
                    .bind("now", clock.millis())
                    .execute();
            requireNoOther(handle, vault, caller.person());
            keep(handle, opened, key);
            return listeners(handle, vault);
        });
        events.publish(listeners, Wire.EVENT_HEAD, vault.toString());
    }

    /// The vaults of a person, with the keys wrapped to them.
    public List<VaultRecord> list(Id person) {
        return database.read(handle -> handle.createQuery("SELECT id, sequence, head FROM vault WHERE id IN"
                        + " (SELECT vault FROM vault_key WHERE person = :person) ORDER BY created, id")
                .bind("person", person.toByteArray())
                .map((row, _) -> new VaultRecord(
                        Columns.id(row, "id"),
                        keys(handle, Columns.id(row, "id"), person),
                        row.getLong("sequence"),
                        Columns.digest(row, "head")))
                .list());
    }

    /// @throws RefusedException NOT_FOUND, just as if there were no such vault
    static void requireMember(Handle handle, Id vault, Id person) throws RefusedException {
        if (epoch(handle, vault, person) == 0) {
            throw RefusedException.notFound();
        }
    }

    /// The newest epoch that a person has a key of, 0 if none.
    static int epoch(Handle handle, Id vault, Id person) {
        return handle.createQuery(
                        "SELECT coalesce(max(epoch), 0) FROM vault_key WHERE vault = :vault AND person = :person")
                .bind("vault", vault.toByteArray())
                .bind("person", person.toByteArray())
                .mapTo(Integer.class)
                .one();
    }

    /// The active devices of all members.
    static List<Id> listeners(Handle handle, Id vault) {
        return handle.createQuery("SELECT id FROM device WHERE status = 'ACTIVE'"
                        + " AND person IN (SELECT person FROM vault_key WHERE vault = :vault)")
                .bind("vault", vault.toByteArray())
                .map((row, _) -> Columns.id(row, "id"))
                .list();
    }

    private static void requireNoOther(Handle handle, Id vault, Id person) throws RefusedException {
        boolean strange = handle.createQuery("SELECT count(*) > 0 FROM vault_key WHERE vault = :vault")
                .bind("vault", vault.toByteArray())
                .mapTo(Boolean.class)
                .one();
        if (strange) {
            requireMember(handle, vault, person);
        }
    }

    private static void keep(Handle handle, WrappedVaultKey key, Signed statement) throws RefusedException {
        List<Signed> there = keys(handle, key.vault(), key.person());
        if (key.epoch() >= 1 && key.epoch() <= there.size()) {
            if (!there.get(key.epoch() - 1).equals(statement)) {
                throw new RefusedException(Refusal.CONFLICT, "The vault has another key of this epoch.");
            }
            return;
        }
        if (key.epoch() != there.size() + 1) {
            throw new RefusedException(Refusal.CONFLICT, "This is not the next epoch of the vault.");
        }
        handle.createUpdate("INSERT INTO vault_key (vault, person, epoch, statement)"
                        + " VALUES (:vault, :person, :epoch, :statement)")
                .bind("vault", key.vault().toByteArray())
                .bind("person", key.person().toByteArray())
                .bind("epoch", key.epoch())
                .bind("statement", statement.toByteArray())
                .execute();
    }

    private static List<Signed> keys(Handle handle, Id vault, Id person) {
        return handle.createQuery(
                        "SELECT statement FROM vault_key WHERE vault = :vault AND person = :person ORDER BY epoch")
                .bind("vault", vault.toByteArray())
                .bind("person", person.toByteArray())
                .map((row, _) -> Columns.value(row, "statement", Signed::of))
                .list();
    }
}
