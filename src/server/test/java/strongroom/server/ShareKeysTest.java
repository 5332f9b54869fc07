package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.Refusal;
import strongroom.protocol.share.PowerClock;
import strongroom.protocol.share.ShareKey;
import strongroom.server.admin.AdminConsole;
import strongroom.server.db.Database;
import strongroom.server.device.Devices;

/// The keys of slots, and what is answered with them to whom.
class ShareKeysTest {
    @TempDir
    private static Path directory;

    private static TestOrganisation organisation;

    @BeforeAll
    static void start() throws Exception {
        organisation = TestOrganisation.start(directory);
    }

    @AfterAll
    static void stop() {
        organisation.close();
    }

    private static void assertNothingIsAnswered(ShareSlot slot, ShareSlot.Tried before) throws Exception {
        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, slot.make());
        DeviceClient.requireRefused(
                403, Refusal.DEVICE_NOT_ACTIVE, ShareSlot.random(slot.device).make());
        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, slot.attempt());
        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, slot.confirm(before.evaluation()));
        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, slot.lease(new PowerClock(1, 1, 1)));
    }

    @Test
    void theKeyOfASlotIsMadeOnceAndIsTheSameAfterARestart() throws Exception {
        try (DeviceClient device = organisation.enrol("Once")) {
            ShareSlot slot = ShareSlot.random(device);
            ShareKey made = slot.made();
            String output = slot.tried("1234").output();

            organisation.restart();

            assertEquals(made, slot.made());
            assertEquals(output, slot.tried("1234").output());
            assertNotEquals(output, slot.tried("1235").output());
        }
    }

    @Test
    void eachSlotHasItsOwnKeyAndOneLessorSignsForAll() throws Exception {
        try (DeviceClient device = organisation.enrol("Each")) {
            ShareKey one = ShareSlot.random(device).made();
            ShareKey other = ShareSlot.random(device).made();

            assertNotEquals(one, other);
            assertEquals(one.lessor(), other.lessor());
        }
    }

    @Test
    void anotherKeyForTheConfirmationsOfASlotIsRefused() throws Exception {
        try (DeviceClient device = organisation.enrol("Another key")) {
            ShareSlot slot = ShareSlot.random(device);
            ShareKey made = slot.made();

            DeviceClient.requireRefused(
                    409,
                    Refusal.CONFLICT,
                    slot.make(DeviceKeys.random().person().verifyingKey()));
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, slot.make(device.keys.statement().verifyingKey()));
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, device.send("PUT", "/v1/share/" + slot.id, new byte[] {1, 2, 3}));
            assertEquals(made, slot.made());
        }
    }

    @Test
    void aSlotOfAnotherDeviceIsNotThere() throws Exception {
        try (DeviceClient device = organisation.enrol("Owner");
                DeviceClient sibling = organisation.enrol("Owner", DeviceKeys.of(device.keys.person()), false)) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            ShareSlot.Tried tried = slot.tried("1234");
            ShareSlot stolen = new ShareSlot(sibling, slot.id, slot.key);

            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, stolen.make());
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, stolen.attempt());
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, stolen.confirm(tried.evaluation()));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, stolen.lease(new PowerClock(1, 1, 1)));
            DeviceClient.requireRefused(
                    404, Refusal.NOT_FOUND, ShareSlot.random(sibling).attempt());
        }
    }

    @Test
    void aDeviceHasKeysForFourSlotsAtMost() throws Exception {
        try (DeviceClient device = organisation.enrol("Four")) {
            List<ShareSlot> slots = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                slots.add(ShareSlot.random(device));
                slots.getLast().made();
            }

            DeviceClient.requireRefused(
                    409, Refusal.CONFLICT, ShareSlot.random(device).make());
            slots.getFirst().made();
            slots.getLast().opened();
            ShareSlot.random(device).made();
        }
    }

    @Test
    void withoutAPolicyThereAreKeysAndNoLeases() throws Exception {
        try (DeviceClient device = organisation.enrol("No policy")) {
            ShareSlot slot = ShareSlot.random(device).opened();

            DeviceClient.requireRefused(409, Refusal.CONFLICT, slot.lease(new PowerClock(1, 1, 1)));
        }
    }

    @Test
    void whatIsNoElementOfTheGroupIsRefusedAndNotCounted() throws Exception {
        try (DeviceClient device = organisation.enrol("Elements")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            byte[] offTheCurve = new byte[ShareKey.POINT];
            offTheCurve[0] = 2;
            offTheCurve[ShareKey.POINT - 1] = 1;

            for (byte[] bad : List.of(new byte[0], new byte[1], new byte[ShareKey.POINT], offTheCurve, new byte[65])) {
                DeviceClient.requireRefused(400, Refusal.MALFORMED, slot.evaluate(bad));
            }
            assertEquals(4, slot.tried("1234").evaluation().triesLeft());
        }
    }

    @Test
    void aFrozenDeviceGetsNothingAndAfterAThawTheSameAsBefore() throws Exception {
        try (DeviceClient device = organisation.enrol("Frozen");
                AdminConsole console = organisation.console()) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            ShareSlot.Tried before = slot.tried("1234");

            console.order(device.id(), Order.Action.FREEZE, "");
            assertNothingIsAnswered(slot, before);
            console.order(device.id(), Order.Action.THAW, "");

            assertEquals(before.output(), slot.tried("1234").output());
        }
    }

    @Test
    void aDeviceThatIsToBeWipedIsWipedOrRevokedGetsNothing() throws Exception {
        try (DeviceClient wiped = organisation.enrol("Wiped");
                DeviceClient revoked = organisation.enrol("Revoked");
                AdminConsole console = organisation.console()) {
            ShareSlot slot = ShareSlot.random(wiped);
            slot.made();
            ShareSlot.Tried before = slot.tried("1234");
            ShareSlot other = ShareSlot.random(revoked);
            other.made();
            ShareSlot.Tried otherBefore = other.tried("1234");

            Order order = console.order(wiped.id(), Order.Action.WIPE, "lost");
            assertNothingIsAnswered(slot, before);
            DeviceClient.require(204, wiped.receipt(order.id(), Receipt.Stage.DONE));
            assertNothingIsAnswered(slot, before);
            try (Database database = organisation.database()) {
                database.write(handle -> {
                    Devices.put(handle, revoked.id(), Status.REVOKED);
                    return null;
                });
            }
            assertNothingIsAnswered(other, otherBefore);
        }
    }
}
