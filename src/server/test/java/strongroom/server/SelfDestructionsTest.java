package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.Refusal;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.Destruction;
import strongroom.server.audit.Audit;
import strongroom.server.db.Database;

/// What a device says of the destruction of its own keys closes the door to it, and to no other.
class SelfDestructionsTest extends OneDeviceEach {
    private static final String PATH = "/v1/self-destruction";

    private SelfDestruction said(Id whose) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new SelfDestruction(Id.random(organisation.random), whose, 3, 10, now);
    }

    private static HttpResponse<byte[]> send(DeviceClient by, Signed statement, @Nullable Signed receipt)
            throws Exception {
        CanonicalWriter out = new CanonicalWriter();
        statement.write(out);
        out.bool(receipt != null);
        if (receipt != null) {
            receipt.write(out);
        }
        return by.send("POST", PATH, out.toByteArray());
    }

    private Signed receipt(Id of, Receipt.Stage stage) throws Exception {
        return new Receipt(of, device.id(), stage, Instant.now(), List.of("key slots: 2"), List.of())
                .sign(device.keys.statement());
    }

    private Status status(DeviceClient of) throws Exception {
        return console.device(of.id().toString()).record().status();
    }

    private Destruction shown() throws Exception {
        return console.destructions().stream()
                .filter(one -> one.statement().device().equals(device.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDeviceThatSaysSoIsClosedAtOnceAndWipedByItsReceipt() throws Exception {
        ShareSlot.random(device).opened();
        SelfDestruction said = said(device.id());
        Signed statement = said.sign(device.keys.statement());

        DeviceClient.require(204, send(device, statement, null));

        assertEquals(Status.WIPE_PENDING, status(device));
        assertEquals(said, shown().statement());
        assertNull(shown().receipt());
        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, device.get("/v1/vaults"));
        try (Database database = organisation.database()) {
            assertEquals(0, database.<Integer, RuntimeException>read(handle -> handle.createQuery(
                            "SELECT count(*) FROM share_key WHERE device = :device")
                    .bind("device", device.id().toByteArray())
                    .mapTo(Integer.class)
                    .one()));
            assertTrue(database.read(new Audit(organisation.clock)::isWhole));
            assertEquals(1, database.<Integer, RuntimeException>read(handle -> handle.createQuery(
                            "SELECT count(*) FROM audit WHERE act = 'self-destruction' AND object = :id")
                    .bind("id", said.id().toByteArray())
                    .mapTo(Integer.class)
                    .one()));
        }

        DeviceClient.require(204, send(device, statement, receipt(said.id(), Receipt.Stage.FAILED)));
        assertEquals(Status.WIPE_PENDING, status(device));
        DeviceClient.require(204, send(device, statement, receipt(said.id(), Receipt.Stage.DONE)));
        DeviceClient.require(204, send(device, statement, receipt(said.id(), Receipt.Stage.DONE)));
        assertEquals(Status.WIPED, status(device));
        assertEquals(List.of("key slots: 2"), shown().receipt().destroyed());
        DeviceClient.require(204, send(device, statement, null));
        assertEquals(Status.WIPED, status(device));
    }

    @Test
    void nobodySaysSoForAnotherDevice() throws Exception {
        try (DeviceClient other = organisation.enrol("Mallory of " + device.id())) {
            Signed forged = said(device.id()).sign(other.keys.statement());
            Signed genuine = said(device.id()).sign(device.keys.statement());

            DeviceClient.requireRefused(400, Refusal.MALFORMED, send(other, forged, null));
            DeviceClient.requireRefused(400, Refusal.MALFORMED, send(device, forged, null));
            DeviceClient.requireRefused(400, Refusal.MALFORMED, send(other, genuine, null));
            DeviceClient.requireRefused(
                    400,
                    Refusal.MALFORMED,
                    send(device, genuine, receipt(Id.random(organisation.random), Receipt.Stage.DONE)));
            assertEquals(Status.ACTIVE, status(device));
            assertEquals(Status.ACTIVE, status(other));
        }
    }

    @Test
    void aServerThatShowsAReceiptOfSomethingElseIsFoundOut() throws Exception {
        DeviceClient.require(204, send(device, said(device.id()).sign(device.keys.statement()), null));
        Signed other = receipt(Id.random(organisation.random), Receipt.Stage.DONE);

        show(other.toByteArray());
        assertThrows(AdminException.class, console::destructions);

        show(null);
        assertNull(shown().receipt());
    }

    private void show(byte @Nullable [] receipt) throws Exception {
        try (Database database = organisation.database()) {
            database.<Integer, RuntimeException>write(handle -> handle.createUpdate(
                            "UPDATE self_destruction SET receipt = :receipt WHERE device = :device")
                    .bind("receipt", receipt)
                    .bind("device", device.id().toByteArray())
                    .execute());
        }
    }

    @Test
    void whatWasSaidOnceIsNotSaidOtherwise() throws Exception {
        DeviceClient.require(204, send(device, said(device.id()).sign(device.keys.statement()), null));

        DeviceClient.requireRefused(
                409, Refusal.CONFLICT, send(device, said(device.id()).sign(device.keys.statement()), null));
    }

    @Test
    void aFrozenDeviceMaySaySo() throws Exception {
        console.order(device.id(), Order.Action.FREEZE, "");

        DeviceClient.require(204, send(device, said(device.id()).sign(device.keys.statement()), null));

        assertEquals(Status.WIPE_PENDING, status(device));
    }
}
