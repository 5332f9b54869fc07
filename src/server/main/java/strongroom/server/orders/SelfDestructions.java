package strongroom.server.orders;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.Id;
import strongroom.protocol.Receipt;
import strongroom.protocol.Refusal;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.Signed;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.events.EventHub;
import strongroom.server.refusal.RefusedException;
import strongroom.server.share.ShareKeys;

/// Devices that destroy their own keys by the rule for wrong PINs. Whatever else a device may say of itself, this
/// closes the door to it as an order to wipe does, and destroys the server's keys of its slots. Safe for all threads.
public final class SelfDestructions {
    private static final Logger LOG = LoggerFactory.getLogger(SelfDestructions.class);

    private final Database database;
    private final EventHub events;
    private final Audit audit;
    private final Clock clock;

    /// @param events tells the person's other devices
    public SelfDestructions(Database database, EventHub events, Audit audit, Clock clock) {
        this.database = database;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /// Keeps what a device says. The same again changes nothing, and a receipt follows its statement once.
    ///
    /// @throws RefusedException MALFORMED if the device did not sign it or it is about another device, CONFLICT if
    ///     the device said something else before
    public void put(Device device, DestructionReport report) throws RefusedException {
        SelfDestruction said = opened(device, report);
        boolean done = isDone(device, said, report.receipt());
        boolean fresh = database.write(handle -> {
            boolean added = insert(handle, said, report.statement());
            if (added) {
                // The row names the device's own key where others name an administrator's.
                audit.record(
                        handle,
                        device.statementKey().fingerprint(),
                        "self-destruction",
                        said.id().toByteArray());
                ShareKeys.destroyAll(handle, device.id());
            }
            if (report.receipt() != null) {
                keep(handle, said.id(), report.receipt());
            }
            Status present = Devices.find(handle, device.id()).status();
            if (present != Status.WIPED) {
                Devices.put(handle, device.id(), done ? Status.WIPED : Status.WIPE_PENDING);
            }
            return added;
        });
        LOG.info("device {} destroys its own keys: {}", device.id(), done ? "done" : "begun");
        if (fresh) {
            database.emptyLog();
            events.end(device.id());
        }
        List<Id> siblings = database.read(handle -> Devices.active(handle, device.person()));
        events.publish(siblings, Wire.EVENT_DEVICES, device.id().toString());
    }

    /// All of them, newest first.
    public List<DestructionReport> all() {
        return database.read(
                handle -> handle.createQuery("SELECT statement, receipt FROM self_destruction ORDER BY at DESC")
                        .map((row, _) -> new DestructionReport(
                                Columns.value(row, "statement", Signed::of),
                                row.getBytes("receipt") == null ? null : Columns.value(row, "receipt", Signed::of)))
                        .list());
    }

    private static SelfDestruction opened(Device device, DestructionReport report) throws RefusedException {
        try {
            SelfDestruction said = SelfDestruction.open(report.statement(), device.statementKey());
            if (said.device().equals(device.id())) {
                return said;
            }
        } catch (MalformedException e) {
            LOG.warn("a destruction was reported that device {} did not sign", device.id());
        }
        throw notItsOwn();
    }

    private static boolean isDone(Device device, SelfDestruction said, @Nullable Signed signed)
            throws RefusedException {
        if (signed == null) {
            return false;
        }
        try {
            Receipt receipt = Receipt.open(signed, device.statementKey());
            if (receipt.order().equals(said.id()) && receipt.device().equals(device.id())) {
                return receipt.stage() == Receipt.Stage.DONE;
            }
        } catch (MalformedException e) {
            LOG.warn("a receipt came that device {} did not sign", device.id());
        }
        throw notItsOwn();
    }

    private static RefusedException notItsOwn() {
        return RefusedException.malformed("This is no statement of this device on its own keys.");
    }

    private boolean insert(Handle handle, SelfDestruction said, Signed statement) throws RefusedException {
        int added = handle.createUpdate("INSERT INTO self_destruction (id, device, statement, at)"
                        + " VALUES (:id, :device, :statement, :now) ON CONFLICT DO NOTHING")
                .bind("id", said.id().toByteArray())
                .bind("device", said.device().toByteArray())
                .bind("statement", statement.toByteArray())
                .bind("now", clock.millis())
                .execute();
        boolean there = handle.createQuery("SELECT count(*) > 0 FROM self_destruction WHERE statement = :statement")
                .bind("statement", statement.toByteArray())
                .mapTo(Boolean.class)
                .one();
        if (!there) {
            throw new RefusedException(Refusal.CONFLICT, "The device said something else before.");
        }
        return added == 1;
    }

    private static void keep(Handle handle, Id id, Signed receipt) {
        handle.createUpdate("UPDATE self_destruction SET receipt = :receipt WHERE id = :id")
                .bind("id", id.toByteArray())
                .bind("receipt", receipt.toByteArray())
                .execute();
    }
}
