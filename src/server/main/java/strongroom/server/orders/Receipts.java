package strongroom.server.orders;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.events.EventHub;
import strongroom.server.refusal.RefusedException;

/// What devices say about their orders, each signed by the device's statement key and kept as it was signed.
public final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    /// A device repeats a receipt until it gets an answer, each time perhaps signed anew.
    private static final int PER_ORDER = 64;

    private final Database database;
    private final EventHub events;
    private final Clock clock;

    /// @param events tells the person's other devices when one is wiped
    public Receipts(Database database, EventHub events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    private record Known(Order.Action action, OrderReport.State state) {}

    /// Keeps a receipt. The same receipt again changes nothing.
    ///
    /// @throws RefusedException MALFORMED if the device did not sign it or it is about something else, NOT_FOUND if
    ///     the device has no such order, CONFLICT if it sent too many
    public void put(Device device, Id order, Signed signed) throws RefusedException {
        Receipt receipt = open(device, order, signed);
        List<Id> siblings = database.write(handle -> {
            Known known = find(handle, device.id(), order);
            if (insert(handle, order, receipt, signed)) {
                advance(handle, order, known.state, receipt.stage());
            }
            if (known.action == Order.Action.WIPE
                    && receipt.stage() == Receipt.Stage.DONE
                    && Devices.find(handle, device.id()).status() == Status.WIPE_PENDING) {
                Devices.put(handle, device.id(), Status.WIPED);
            }
            return Devices.active(handle, device.person());
        });
        LOG.info("order {}: device {} says {}", order, device.id(), receipt.stage());
        events.publish(siblings, Wire.EVENT_DEVICES, device.id().toString());
    }

    /// All orders with their receipts, newest first.
    public List<OrderReport> all() {
        return database.read(handle -> handle.createQuery(
                        "SELECT id, state, statement FROM device_order ORDER BY at DESC, number DESC")
                .map((row, _) -> new OrderReport(
                        Columns.value(row, "statement", SignedOrder::of),
                        OrderReport.State.valueOf(row.getString("state")),
                        of(handle, Columns.id(row, "id"))))
                .list());
    }

    private static Receipt open(Device device, Id order, Signed signed) throws RefusedException {
        try {
            Receipt receipt = Receipt.open(signed, device.statementKey());
            if (receipt.order().equals(order) && receipt.device().equals(device.id())) {
                return receipt;
            }
        } catch (MalformedException e) {
            LOG.warn("order {}: a receipt came that device {} did not sign", order, device.id());
        }
        throw RefusedException.malformed("This is no receipt of this device for this order.");
    }

    private static Known find(Handle handle, Id device, Id order) throws RefusedException {
        return handle.createQuery("SELECT action, state FROM device_order WHERE id = :id AND device = :device")
                .bind("id", order.toByteArray())
                .bind("device", device.toByteArray())
                .map((row, _) -> new Known(
                        Order.Action.valueOf(row.getString("action")),
                        OrderReport.State.valueOf(row.getString("state"))))
                .findOne()
                .orElseThrow(RefusedException::notFound);
    }

    private boolean insert(Handle handle, Id order, Receipt receipt, Signed signed) throws RefusedException {
        int added = handle.createUpdate("INSERT INTO receipt (device_order, fingerprint, stage, statement, at)"
                        + " VALUES (:order, :fingerprint, :stage, :statement, :now) ON CONFLICT DO NOTHING")
                .bind("order", order.toByteArray())
                .bind("fingerprint", signed.digest().toByteArray())
                .bind("stage", receipt.stage().name())
                .bind("statement", signed.toByteArray())
                .bind("now", clock.millis())
                .execute();
        if (of(handle, order).size() > PER_ORDER) {
            throw new RefusedException(Refusal.CONFLICT, "The order has receipts enough.");
        }
        return added == 1;
    }

    /// Only forward: a receipt that was delayed does not take back what a later one said.
    private static void advance(Handle handle, Id order, OrderReport.State state, Receipt.Stage stage) {
        OrderReport.State said =
                switch (stage) {
                    case RECEIVED -> OrderReport.State.RECEIVED;
                    case DONE -> OrderReport.State.DONE;
                    case FAILED -> OrderReport.State.FAILED;
                };
        if (said.compareTo(state) > 0) {
            handle.createUpdate("UPDATE device_order SET state = :state WHERE id = :id")
                    .bind("state", said.name())
                    .bind("id", order.toByteArray())
                    .execute();
        }
    }

    private static List<Signed> of(Handle handle, Id order) {
        return handle.createQuery("SELECT statement FROM receipt WHERE device_order = :order ORDER BY at")
                .bind("order", order.toByteArray())
                .map((row, _) -> Columns.value(row, "statement", Signed::of))
                .list();
    }
}
