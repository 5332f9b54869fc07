package strongroom.server.device;

import java.util.List;
import strongroom.protocol.Grant;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.Wire;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.events.EventHub;
import strongroom.server.refusal.RefusedException;

/// Passes the person's keys, sealed, from one of their devices to another. The person's signature is checked, so
/// that one device cannot be fed by another person's.
public final class Grants {
    private final Database database;
    private final EventHub events;

    /// @param events tells the devices of the person
    public Grants(Database database, EventHub events) {
        this.database = database;
        this.events = events;
    }

    /// Keeps a grant for `device`; a later one takes the place of an earlier one.
    ///
    /// @throws RefusedException NOT_FOUND if the device is not the same person's, CONFLICT if it made the keys
    ///     itself, MALFORMED if the grant is for another device or not the person's
    public void put(Device giver, Id device, Signed grant) throws RefusedException {
        Grant opened = giver.openedByPerson(person -> Grant.open(grant, person));
        if (!opened.device().equals(device) || !opened.person().equals(giver.person())) {
            throw RefusedException.malformed("The grant is for another device.");
        }
        List<Id> siblings = database.write(handle -> {
            Devices.find(handle, giver.id()).requireActive();
            Device receiver = Devices.find(handle, device);
            if (!receiver.person().equals(giver.person())) {
                throw RefusedException.notFound();
            }
            receiver.requireActive();
            int changed = handle.createUpdate("UPDATE device SET granted = :grant WHERE id = :id AND first = 0")
                    .bind("grant", grant.toByteArray())
                    .bind("id", device.toByteArray())
                    .execute();
            if (changed == 0) {
                throw new RefusedException(Refusal.CONFLICT, "This device made the person's keys itself.");
            }
            return Devices.active(handle, giver.person());
        });
        events.publish(siblings, Wire.EVENT_DEVICES, device.toString());
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
