package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Grant;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.server.admin.AdminConsole;

class GrantsTest {
    @TempDir
    private Path directory;

    private TestOrganisation organisation;
    private DeviceClient first;
    private DeviceClient second;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        first = organisation.enrol("Grace");
        second = organisation.enrol("Grace", DeviceKeys.of(first.keys.person()), false);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        organisation.close();
    }

    private boolean isGranted(DeviceClient device) throws Exception {
        return DeviceRecord.listOf(DeviceClient.require(200, first.get("/v1/devices"))).stream()
                .anyMatch(record -> record.device().equals(device.id()) && record.granted());
    }

    @Test
    void aGrantReachesItsDeviceAndNoOther() throws Exception {
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, second.get("/v1/grant"));
        assertFalse(isGranted(second));

        DeviceClient.require(204, first.grant(second.id()));

        Grant grant = Grant.open(
                Signed.of(DeviceClient.require(200, second.get("/v1/grant"))),
                first.keys.person().verifyingKey());
        assertArrayEquals(new byte[] {9}, grant.sealed());
        assertTrue(isGranted(second));
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, first.get("/v1/grant"));
    }

    @Test
    void aGrantOfAnotherPersonForAnotherDeviceOrForTheFirstIsRefused() throws Exception {
        try (DeviceClient stranger = organisation.enrol("Linus")) {
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, stranger.grant(second.id()));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, first.grant(stranger.id()));
            byte[] byStranger = new Grant(second.id(), first.person(), new byte[] {9})
                    .sign(stranger.keys.person())
                    .toByteArray();
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, first.send("PUT", "/v1/devices/" + second.id() + "/grant", byStranger));
            byte[] forOther = new Grant(Id.random(organisation.random), first.person(), new byte[] {9})
                    .sign(first.keys.person())
                    .toByteArray();
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, first.send("PUT", "/v1/devices/" + second.id() + "/grant", forOther));
        }
        DeviceClient.requireRefused(409, Refusal.CONFLICT, first.grant(first.id()));
        assertFalse(isGranted(second));
    }

    @Test
    void aFrozenDeviceIsNotGrantedTo() throws Exception {
        try (AdminConsole console = organisation.console()) {
            console.order(second.id(), Order.Action.FREEZE, "");
        }

        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, first.grant(second.id()));
        assertEquals(
                2,
                DeviceRecord.listOf(DeviceClient.require(200, first.get("/v1/devices")))
                        .size());
    }
}
