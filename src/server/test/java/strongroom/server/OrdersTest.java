package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.Refusal;
import strongroom.protocol.SignedOrder;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.orders.OrderReport.State;

class OrdersTest {
    @TempDir
    private Path directory;

    private TestOrganisation organisation;
    private DeviceClient device;
    private AdminConsole console;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        device = organisation.enrol("Grace");
        console = organisation.console();
    }

    @AfterEach
    void stop() {
        console.close();
        device.close();
        organisation.close();
    }

    private Status status() throws Exception {
        return console.device(device.id().toString()).record().status();
    }

    private State state() throws Exception {
        return console.receipts().getFirst().state();
    }

    @Test
    void aWipeClosesTheDeviceAtOnceAndIsFollowedToItsLastReceipt() throws Exception {
        Order order = console.order(device.id(), Order.Action.WIPE, "lost on a train");

        assertEquals(Status.WIPE_PENDING, status());
        assertEquals(State.ISSUED, state());
        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, device.get("/v1/vaults"));

        List<SignedOrder> orders = device.orders(0);
        assertEquals(1, orders.size());
        assertEquals(State.DELIVERED, state());

        DeviceClient.require(204, device.receipt(order.id(), Receipt.Stage.RECEIVED));
        assertEquals(State.RECEIVED, state());
        assertEquals(Status.WIPE_PENDING, status());

        DeviceClient.require(204, device.receipt(order.id(), Receipt.Stage.DONE));
        DeviceClient.require(204, device.receipt(order.id(), Receipt.Stage.RECEIVED));
        assertEquals(State.DONE, state());
        assertEquals(Status.WIPED, status());
        assertEquals(
                List.of("3 keys"),
                console.receipts().getFirst().receipts().getFirst().destroyed());
        assertEquals(List.of(), device.orders(1));
    }

    @Test
    void aFreezeClosesAndAThawOpens() throws Exception {
        console.order(device.id(), Order.Action.FREEZE, "on leave");
        assertEquals(Status.FROZEN, status());
        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, device.get("/v1/devices"));

        console.order(device.id(), Order.Action.THAW, "back");
        assertEquals(Status.ACTIVE, status());
        DeviceClient.require(200, device.get("/v1/devices"));
        assertEquals(2, device.orders(0).size());
    }

    @Test
    void aWipeCannotBeTakenBackByAThaw() throws Exception {
        console.order(device.id(), Order.Action.WIPE, "lost");

        AdminException refused =
                assertThrows(AdminException.class, () -> console.order(device.id(), Order.Action.THAW, "found"));

        assertTrue(refused.getMessage().contains("CONFLICT"));
        assertEquals(Status.WIPE_PENDING, status());
    }

    @Test
    void aReceiptForAnotherOrderOrByAnotherKeyIsRefused() throws Exception {
        Order order = console.order(device.id(), Order.Action.WIPE, "lost");
        try (DeviceClient other = organisation.enrol("Linus")) {
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, other.receipt(order.id(), Receipt.Stage.DONE));
        }
        DeviceClient.requireRefused(
                404, Refusal.NOT_FOUND, device.receipt(Id.random(organisation.random), Receipt.Stage.DONE));
        Receipt forged = new Receipt(
                order.id(), device.id(), Receipt.Stage.DONE, organisation.clock.instant(), List.of(), List.of());
        DeviceClient.requireRefused(
                400,
                Refusal.MALFORMED,
                device.send(
                        "POST",
                        "/v1/orders/" + order.id() + "/receipts",
                        forged.sign(DeviceKeys.random().statement()).toByteArray()));
        assertEquals(Status.WIPE_PENDING, status());
    }
}
