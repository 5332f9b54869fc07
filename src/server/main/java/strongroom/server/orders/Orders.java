package strongroom.server.orders;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Organisation;
import strongroom.protocol.Refusal;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.events.EventHub;
import strongroom.server.people.Administrator;
import strongroom.server.refusal.RefusedException;
import strongroom.server.share.ShareKeys;

/// Takes orders, closes the door to their device at once, and hands them out for as long as the device asks. Nothing
/// takes an order back: a wipe that was issued stays issued until its receipt is there, and the server's share of the
/// device's key is destroyed with it.
public final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int PAGE = 1000;

    private final Organisation organisation;
    private final Database database;
    private final EventHub events;
    private final Audit audit;
    private final Clock clock;

    /// @param organisation whose root certifies who may order
    public Orders(Organisation organisation, Database database, EventHub events, Audit audit, Clock clock) {
        this.organisation = organisation;
        this.database = database;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    private record Handed(long number, boolean fresh, SignedOrder order) {}

    private record Issued(Order order, boolean isNew, List<Id> siblings) {}

    /// Takes an order. The same order again changes nothing.
    ///
    /// @param carrier who brought it; the order has a signature of its own
    /// @throws RefusedException MALFORMED if it is nobody's order or not for now, NOT_FOUND if there is no such
    ///     device, CONFLICT if its number is not above the last one or the device is wiped
    public void issue(Administrator carrier, SignedOrder signed) throws RefusedException {
        Order order = verified(signed);
        Issued issued = database.write(handle -> {
            Device device = Devices.find(handle, order.device());
            if (isThere(handle, signed)) {
                return new Issued(order, false, List.of());
            }
            if (order.number() < next(handle, order.device())) {
                throw new RefusedException(
                        Refusal.CONFLICT, "The device has an order with this number or a higher one.");
            }
            insert(handle, order, signed);
            Devices.put(handle, device.id(), statusAfter(device.status(), order.action()));
            if (order.action() == Order.Action.WIPE) {
                // A laptop that never comes back is dead when its lease ends.
                ShareKeys.destroyAll(handle, device.id());
            }
            audit.record(
                    handle,
                    carrier.fingerprint(),
                    order.action().name().toLowerCase(Locale.ROOT),
                    order.id().toByteArray());
            return new Issued(order, true, Devices.active(handle, device.person()));
        });
        if (issued.isNew) {
            announce(issued);
            if (order.action() == Order.Action.WIPE) {
                database.emptyLog();
            }
        }
    }

    /// The orders of a device with a number above `after`; whoever asks has got them.
    public List<SignedOrder> after(Id device, long after) {
        List<Handed> handed = database.read(
                handle -> handle.createQuery("SELECT number, state = 'ISSUED' AS fresh, statement FROM device_order"
                                + " WHERE device = :device AND number > :after ORDER BY number LIMIT :page")
                        .bind("device", device.toByteArray())
                        .bind("after", after)
                        .bind("page", PAGE)
                        .map((row, _) -> new Handed(
                                row.getLong("number"),
                                row.getBoolean("fresh"),
                                Columns.value(row, "statement", SignedOrder::of)))
                        .list());
        // Devices ask all the time and mostly get what they had: those answers cost no write.
        if (handed.stream().anyMatch(Handed::fresh)) {
            database.write(handle -> handle.createUpdate("UPDATE device_order SET state = 'DELIVERED'"
                            + " WHERE device = :device AND number > :after AND number <= :last AND state = 'ISSUED'")
                    .bind("device", device.toByteArray())
                    .bind("after", after)
                    .bind("last", handed.getLast().number())
                    .execute());
        }
        return handed.stream().map(Handed::order).toList();
    }

    /// The number that the device's next order must have. @throws RefusedException NOT_FOUND
    public long nextNumber(Id device) throws RefusedException {
        return database.read(handle -> {
            Devices.find(handle, device);
            return next(handle, device);
        });
    }

    private Order verified(SignedOrder signed) throws RefusedException {
        Instant now = clock.instant();
        try {
            Order order = signed.verify(organisation).order();
            if (SignedOrder.isGood(order, now)
                    && !order.issued().isAfter(now.plus(CLOCKS_DIFFER))
                    && order.number() > 0) {
                return order;
            }
        } catch (MalformedException e) {
            LOG.warn("an order was refused that no administrator signed");
        }
        throw RefusedException.malformed("This is no order of an administrator for now.");
    }

    /// A wipe cannot be undone or put off: behind it only another wipe or a drill is taken.
    private static Status statusAfter(Status status, Order.Action action) throws RefusedException {
        return switch (status) {
            case ACTIVE, FROZEN ->
                switch (action) {
                    case WIPE -> Status.WIPE_PENDING;
                    case FREEZE -> Status.FROZEN;
                    case THAW -> Status.ACTIVE;
                    case DRILL -> status;
                };
            case WIPE_PENDING, REVOKED ->
                switch (action) {
                    case WIPE -> Status.WIPE_PENDING;
                    case DRILL -> status;
                    case FREEZE, THAW ->
                        throw new RefusedException(Refusal.CONFLICT, "The device is closed for good already.");
                };
            case WIPED -> throw new RefusedException(Refusal.CONFLICT, "The device is wiped already.");
        };
    }

    private void announce(Issued issued) {
        Order order = issued.order;
        LOG.info("order {}: {} of device {}", order.id(), order.action(), order.device());
        events.publish(List.of(order.device()), Wire.EVENT_ORDER, order.id().toString());
        switch (order.action()) {
            case WIPE, FREEZE -> events.end(order.device());
            case THAW, DRILL -> {}
        }
        events.publish(issued.siblings, Wire.EVENT_DEVICES, order.device().toString());
    }

    private static boolean isThere(Handle handle, SignedOrder signed) {
        return handle.createQuery("SELECT count(*) > 0 FROM device_order WHERE statement = :statement")
                .bind("statement", signed.toByteArray())
                .mapTo(Boolean.class)
                .one();
    }

    private static long next(Handle handle, Id device) {
        return handle.createQuery("SELECT coalesce(max(number), 0) + 1 FROM device_order WHERE device = :device")
                .bind("device", device.toByteArray())
                .mapTo(Long.class)
                .one();
    }

    private void insert(Handle handle, Order order, SignedOrder signed) throws RefusedException {
        int added = handle.createUpdate("INSERT INTO device_order (id, device, number, action, state, statement, at)"
                        + " VALUES (:id, :device, :number, :action, 'ISSUED', :statement, :now) ON CONFLICT DO NOTHING")
                .bind("id", order.id().toByteArray())
                .bind("device", order.device().toByteArray())
                .bind("number", order.number())
                .bind("action", order.action().name())
                .bind("statement", signed.toByteArray())
                .bind("now", clock.millis())
                .execute();
        if (added == 0) {
            throw new RefusedException(Refusal.CONFLICT, "Another order has this id.");
        }
    }
}
