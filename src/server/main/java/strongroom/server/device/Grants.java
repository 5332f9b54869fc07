package strongroom.server.device;

import java.util.List;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Grant;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.Wire;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.events.EventHub;
import strongroom.server.people.Administrator;
import strongroom.server.refusal.RefusedException;

/// Passes the person's keys, sealed, from one of their devices to another. The person's signature is checked, so
/// that one device cannot be fed by another person's.
public final class Grants {
    private final Database database;
    private final EventHub events;
    private final Audit audit;

    /// @param events tells the devices of the person @param audit gets a row for each recovery
    public Grants(Database database, EventHub events, Audit audit) {
        this.database = database;
        this.events = events;
        this.audit = audit;
    }

    /// Keeps a grant for `device`; a later one takes the place of an earlier one.
    ///
    /// @throws RefusedException NOT_FOUND if the device is not the same person's, CONFLICT if it made the keys
    ///     itself, MALFORMED if the grant is for another device or not the person's
    public void put(Device giver, Id device, Signed grant) throws RefusedException {
        requireFor(giver, device, grant);
        List<Id> siblings = database.write(handle -> {
            Devices.find(handle, giver.id()).requireActive();
            Device receiver = Devices.find(handle, device);
            if (!receiver.person().equals(giver.person())) {
                throw RefusedException.notFound();
            }
            return keep(handle, receiver, grant);
        });
        events.publish(siblings, Wire.EVENT_DEVICES, device.toString());
    }

    /// Keeps a grant that administrators made of the person's recovered keys, for a device that waits. The
    /// person's signature is on it as on any other: who could not open those keys cannot make one.
    ///
    /// @throws RefusedException NOT_FOUND if there is no such device, CONFLICT if it has its keys already,
    ///     MALFORMED if the grant is for another device or not the person's
    public void recover(Administrator administrator, Id device, Signed grant) throws RefusedException {
        List<Id> siblings = database.write(handle -> {
            Device receiver = Devices.find(handle, device);
            requireFor(receiver, device, grant);
            if (isThere(handle, device, grant)) {
                return List.of();
            }
            if (hasGrant(handle, device)) {
                throw new RefusedException(Refusal.CONFLICT, "This device has the person's keys already.");
            }
            List<Id> told = keep(handle, receiver, grant);
            audit.record(handle, administrator.fingerprint(), "recover", device.toByteArray());
            return told;
        });
        events.publish(siblings, Wire.EVENT_DEVICES, device.toString());
    }

    private static void requireFor(Device personsDevice, Id device, Signed grant) throws RefusedException {
        Grant opened = personsDevice.openedByPerson(person -> Grant.open(grant, person));
        if (!opened.device().equals(device) || !opened.person().equals(personsDevice.person())) {
            throw RefusedException.malformed("The grant is for another device.");
        }
    }

    private static List<Id> keep(Handle handle, Device receiver, Signed grant) throws RefusedException {
        receiver.requireActive();
        int changed = handle.createUpdate("UPDATE device SET granted = :grant WHERE id = :id AND first = 0")
                .bind("grant", grant.toByteArray())
                .bind("id", receiver.id().toByteArray())
                .execute();
        if (changed == 0) {
            throw new RefusedException(Refusal.CONFLICT, "This device made the person's keys itself.");
        }
        return Devices.active(handle, receiver.person());
    }

    private static boolean hasGrant(Handle handle, Id device) {
        return handle.createQuery("SELECT granted IS NOT NULL FROM device WHERE id = :id")
                .bind("id", device.toByteArray())
                .mapTo(Boolean.class)
                .one();
    }

    private static boolean isThere(Handle handle, Id device, Signed grant) {
        return handle.createQuery("SELECT count(*) > 0 FROM device WHERE id = :id AND granted = :grant")
                .bind("id", device.toByteArray())
                .bind("grant", grant.toByteArray())
                .mapTo(Boolean.class)
                .one();
    }

    /// The grant for a device. @throws RefusedException NOT_FOUND if there is none yet
    public Signed get(Id device) throws RefusedException {
        return database.read(
                handle -> handle.createQuery("SELECT granted FROM device WHERE id = :id AND granted IS NOT NULL")
                        .bind("id", device.toByteArray())
                        .map((row, _) -> Columns.value(row, "granted", Signed::of))
                        .findOne()
                        .orElseThrow(RefusedException::notFound));
    }
}
