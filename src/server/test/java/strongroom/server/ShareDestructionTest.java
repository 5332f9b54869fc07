package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.Order;
import strongroom.protocol.Refusal;
import strongroom.server.admin.AdminException;
import strongroom.server.db.Database;

/// When the server's keys are destroyed, and what is left of them in its folder.
class ShareDestructionTest extends OneDeviceEach {
    private List<byte[]> secrets(DeviceClient of) {
        try (Database database = organisation.database()) {
            return database.read(handle -> handle.createQuery("SELECT secret FROM share_key WHERE device = :device")
                    .bind("device", of.id().toByteArray())
                    .mapTo(byte[].class)
                    .list());
        }
    }

    private boolean rests(byte[] secret) throws IOException {
        try (Stream<Path> files = Files.walk(organisation.home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1)
                        .contains(new String(secret, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void anOrderToWipeDestroysTheKeysAndNoFileHasThemAnyMore() throws Exception {
        try (DeviceClient other = organisation.enrol("Linus of a wipe")) {
            ShareSlot slot = ShareSlot.random(device).opened();
            slot.tried("0000");
            ShareSlot.random(device).made();
            ShareSlot kept = ShareSlot.random(other).opened();
            List<byte[]> doomed = secrets(device);
            List<byte[]> others = secrets(other);
            assertEquals(2, doomed.size());
            for (byte[] secret : doomed) {
                assertTrue(rests(secret));
            }

            console.order(device.id(), Order.Action.WIPE, "lost");

            for (byte[] secret : doomed) {
                assertFalse(rests(secret));
            }
            assertTrue(rests(others.getFirst()));
            assertEquals(0, secrets(device).size());
            kept.tried("1234");
        }
    }

    @Test
    void aFreezeAndADrillDestroyNothing() throws Exception {
        ShareSlot.random(device).made();

        console.order(device.id(), Order.Action.FREEZE, "");
        console.order(device.id(), Order.Action.DRILL, "");

        assertEquals(1, secrets(device).size());
    }

    @Test
    void anOrderThatIsNotTakenDestroysNothing() throws Exception {
        ShareSlot.random(device).made();
        try (Database database = organisation.database()) {
            database.write(handle -> handle.execute("CREATE TRIGGER no_audit BEFORE INSERT ON audit"
                    + " BEGIN SELECT RAISE(ABORT, 'as if the disk failed'); END"));

            assertThrows(AdminException.class, () -> console.order(device.id(), Order.Action.WIPE, "lost"));

            database.write(handle -> handle.execute("DROP TRIGGER no_audit"));
        }

        assertEquals(1, secrets(device).size());
        assertEquals(
                Status.ACTIVE, console.device(device.id().toString()).record().status());
    }

    @Test
    void aConfirmationDestroysTheKeysOfTheOtherSlotsOfTheDeviceAlone() throws Exception {
        try (DeviceClient other = organisation.enrol("Linus of a change")) {
            ShareSlot before = ShareSlot.random(device).opened();
            byte[] doomed = secrets(device).getFirst();
            ShareSlot kept = ShareSlot.random(other).opened();
            ShareSlot after = ShareSlot.random(device);
            after.made();
            ShareSlot.Tried tried = after.tried("5678");
            before.tried("1234");

            DeviceClient.require(204, after.confirm(tried.evaluation()));

            assertFalse(rests(doomed));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, before.attempt());
            assertEquals(tried.output(), after.tried("5678").output());
            kept.tried("1234");
        }
    }

    @Test
    void aSlotThatIsMadeAnewAfterItsKeyWasDestroyedHasAnotherKey() throws Exception {
        ShareSlot before = ShareSlot.random(device).opened();
        String output = before.tried("1234").output();
        ShareSlot.random(device).opened();

        before.made();

        assertFalse(output.equals(before.tried("1234").output()));
    }
}
