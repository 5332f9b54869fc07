package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Order;
import strongroom.protocol.Refusal;
import strongroom.protocol.policy.SharePolicy.Mode;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;
import strongroom.protocol.share.ShareKey;
import strongroom.server.admin.AdminConsole;
import strongroom.server.share.ShareReport;

class LeasesTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final PowerClock READING = new PowerClock(1000 * HOUR, 17, 3);

    @TempDir
    private static Path directory;

    private static final PinnedClock CLOCK = new PinnedClock();
    private static TestOrganisation organisation;

    private AdminConsole console;
    private DeviceClient device;

    @BeforeAll
    static void start() throws Exception {
        organisation = TestOrganisation.start(directory, CLOCK);
    }

    @AfterAll
    static void stop() {
        organisation.close();
    }

    @BeforeEach
    void enrol(TestInfo test) throws Exception {
        console = organisation.console();
        device = organisation.enrol(test.getDisplayName());
    }

    @AfterEach
    void leave() {
        console.close();
        device.close();
    }

    private static PowerClock later(Duration by) {
        return new PowerClock(READING.clock() + by.toMillis(), READING.resets(), READING.restarts());
    }

    private static void assertRefused(ShareSlot slot, PowerClock reading) throws Exception {
        DeviceClient.requireRefused(409, Refusal.CONFLICT, slot.lease(reading));
    }

    private ShareReport report() throws Exception {
        return console.device(device.id().toString()).share();
    }

    @Test
    void aLeaseIsWhatThePolicyAllowsAndSignedByTheKeyThatTheSlotPinned() throws Exception {
        console.policies().setShare(Mode.LEASE, 24, 5);
        ShareSlot slot = ShareSlot.random(device).opened();

        Lease lease = slot.leased(READING);

        assertEquals(slot.id, lease.slot());
        assertEquals(READING, lease.from());
        assertEquals(new PowerClock(1024 * HOUR, 22, 3 + Lease.RESUMES), lease.until());
        assertEquals(CLOCK.instant(), lease.issued());
        assertEquals(CLOCK.instant().plus(Duration.ofHours(24)), lease.expires());
    }

    @Test
    void onlyAPolicyOfLeasesGrantsThem() throws Exception {
        ShareSlot slot = ShareSlot.random(device).opened();
        console.policies().setShare(Mode.ALWAYS, 0, 0);
        assertRefused(slot, READING);

        console.policies().setShare(Mode.LEASE, 24, 5);
        slot.leased(READING);

        console.policies().setShare(Mode.OFF, 0, 0);
        assertRefused(slot, READING);
    }

    @Test
    void aSlotThatWasNeverOpenedGetsNone() throws Exception {
        console.policies().setShare(Mode.LEASE, 24, 5);
        ShareSlot slot = ShareSlot.random(device);
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, slot.lease(READING));
        slot.made();
        slot.tried("0000");
        assertRefused(slot, READING);

        slot.opened();

        slot.leased(READING);
        slot.tried("0000");
        slot.leased(READING);
    }

    @Test
    void aClockThatRunsFasterThanTimeGetsNone() throws Exception {
        console.policies().setShare(Mode.LEASE, 24, 5);
        ShareSlot slot = ShareSlot.random(device).opened();
        slot.leased(READING);
        CLOCK.goOn(Duration.ofMinutes(20));

        assertRefused(slot, later(Duration.ofMinutes(26).plusMillis(1)));
        slot.leased(later(Duration.ofMinutes(26)));
        organisation.restart();
        assertRefused(slot, later(Duration.ofMinutes(28)));
    }

    @Test
    void aClockThatLostMoreThanAPowerCutTakesGetsNone() throws Exception {
        console.policies().setShare(Mode.LEASE, 24, 5);
        ShareSlot slot = ShareSlot.random(device).opened();
        slot.leased(READING);

        slot.leased(later(Duration.ofMinutes(-90)));
        assertRefused(slot, later(Duration.ofMinutes(-90).minusMillis(1)));
    }

    @Test
    void leasesForLaterCannotBeHoardedFromAboveDownwards() throws Exception {
        console.policies().setShare(Mode.LEASE, 24, 5);
        ShareSlot slot = ShareSlot.random(device).opened();
        slot.leased(later(Duration.ofDays(100)));

        for (int days : new int[] {99, 50, 1, 0}) {
            assertRefused(slot, later(Duration.ofDays(days)));
        }
        slot.leased(later(Duration.ofDays(100).minusMinutes(90)));
        assertRefused(slot, later(Duration.ofDays(100).minusMinutes(180)));
    }

    @Test
    void leasesForLaterCannotBeHoardedInSmallSteps() throws Exception {
        console.policies().setShare(Mode.LEASE, 24, 5);
        ShareSlot slot = ShareSlot.random(device).opened();
        slot.leased(READING);

        slot.leased(later(Duration.ofMinutes(2)));
        assertRefused(slot, later(Duration.ofMinutes(4)));
    }

    @Test
    void aReadingThatNoTpmCanHaveReachedGetsNone() throws Exception {
        console.policies().setShare(Mode.LEASE, 24, 5);
        ShareSlot slot = ShareSlot.random(device).opened();

        assertRefused(slot, new PowerClock(Long.MAX_VALUE, 17, 3));
        assertRefused(slot, new PowerClock(1000, Integer.MAX_VALUE, 3));
        DeviceClient.requireRefused(
                400, Refusal.MALFORMED, device.send("POST", "/v1/share/" + slot.id + "/leases", new byte[15]));
        slot.leased(READING);
    }

    @Test
    void aFolderThatIsOlderThanLeasesGetsAKeyForThem() throws Exception {
        ShareSlot slot = ShareSlot.random(device);
        ShareKey made = slot.made();
        Files.delete(organisation.home.resolve("lease.key"));

        organisation.restart();

        assertTrue(Files.exists(organisation.home.resolve("lease.key")));
        assertNotEquals(made.lessor(), slot.made().lessor());
        assertArrayEquals(made.point(), slot.made().point());
    }

    @Test
    void theHourAtWhichTheLastLeaseEndsOutlivesAShorterOneAndTheKeys() throws Exception {
        assertEquals(ShareReport.none(device.id()), report());
        console.policies().setShare(Mode.LEASE, 48, 5);
        ShareSlot slot = ShareSlot.random(device).opened();
        assertEquals(new ShareReport(device.id(), true, Instant.EPOCH), report());
        Instant end = slot.leased(READING).expires();
        console.policies().setShare(Mode.LEASE, 1, 5);
        slot.leased(READING);

        assertEquals(new ShareReport(device.id(), true, end), report());
        console.order(device.id(), Order.Action.WIPE, "lost");
        assertEquals(new ShareReport(device.id(), false, end), report());
    }
}
