package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Refusal;
import strongroom.server.db.Database;

/// How often a PIN can be tried with the server's share, and what gives tries back.
class TriesTest {
    @TempDir
    private static Path directory;

    private static final PinnedClock CLOCK = new PinnedClock();
    private static TestOrganisation organisation;

    @BeforeAll
    static void start() throws Exception {
        organisation = TestOrganisation.start(directory, CLOCK);
    }

    @AfterAll
    static void stop() {
        organisation.close();
    }

    private static void assertPaused(long seconds, ShareSlot slot) throws Exception {
        HttpResponse<byte[]> response = slot.attempt();
        DeviceClient.requireRefused(429, Refusal.PAUSED, response);
        assertEquals(seconds, response.headers().firstValueAsLong("Retry-After").orElse(0));
    }

    private static void useUpTheFreeTries(ShareSlot slot) throws Exception {
        for (int left = 4; left >= 0; left--) {
            assertEquals(left, slot.tried("0000").evaluation().triesLeft());
        }
    }

    @Test
    void fiveAreFreeThenEachPauseIsTwiceTheOneBeforeUpToAnHour() throws Exception {
        // TLS looks at the real clock, so who enrols after this one has gone on for hours would not be let in.
        PinnedClock hours = new PinnedClock();
        try (TestOrganisation own = TestOrganisation.start(directory.resolve("own"), hours);
                DeviceClient device = own.enrol("Grace")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            useUpTheFreeTries(slot);

            for (long pause : new long[] {30, 60, 120, 240, 480, 960, 1920, 3600, 3600}) {
                assertPaused(pause, slot);
                hours.goOn(Duration.ofSeconds(pause).minusMillis(1));
                assertPaused(1, slot);
                hours.goOn(Duration.ofMillis(1));
                assertEquals(0, slot.tried("0000").evaluation().triesLeft());
            }
        }
    }

    @Test
    void aPauseIsCountedFromTheLastTryAndAskingDoesNotMakeItLonger() throws Exception {
        try (DeviceClient device = organisation.enrol("Asks")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            useUpTheFreeTries(slot);

            assertPaused(30, slot);
            CLOCK.goOn(Duration.ofSeconds(20));
            assertPaused(10, slot);
            assertPaused(10, slot);
            CLOCK.goOn(Duration.ofSeconds(10));
            slot.tried("0000");
        }
    }

    @Test
    void theCountSurvivesARestartOfTheServer() throws Exception {
        try (DeviceClient device = organisation.enrol("Restart")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            useUpTheFreeTries(slot);

            organisation.restart();

            assertPaused(30, slot);
        }
    }

    @Test
    void aTryThatCannotBeCountedIsNotAnswered() throws Exception {
        try (DeviceClient device = organisation.enrol("Uncounted");
                Database database = organisation.database()) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            database.write(handle -> handle.execute("CREATE TRIGGER no_count BEFORE INSERT ON share_device"
                    + " BEGIN SELECT RAISE(ABORT, 'as if the disk failed'); END"));
            HttpResponse<byte[]> response = slot.attempt();
            database.write(handle -> handle.execute("DROP TRIGGER no_count"));

            assertEquals(500, response.statusCode());
            assertEquals(4, slot.tried("0000").evaluation().triesLeft());
        }
    }

    @Test
    void moreSlotsAndDestroyedOnesGiveNoMoreTries() throws Exception {
        try (DeviceClient device = organisation.enrol("Slots")) {
            ShareSlot one = ShareSlot.random(device);
            ShareSlot other = ShareSlot.random(device);
            one.made();
            other.made();
            for (int i = 0; i < 2; i++) {
                one.tried("0000");
                other.tried("0000");
            }

            assertEquals(0, one.tried("0000").evaluation().triesLeft());
            assertPaused(30, one);
            assertPaused(30, other);
            ShareSlot third = ShareSlot.random(device);
            third.made();
            assertPaused(30, third);
        }
    }

    @Test
    void anotherDeviceIsNotSlowedByIt() throws Exception {
        try (DeviceClient device = organisation.enrol("Slow");
                DeviceClient other = organisation.enrol("Fast")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            useUpTheFreeTries(slot);
            ShareSlot fast = ShareSlot.random(other);
            fast.made();

            assertEquals(4, fast.tried("0000").evaluation().triesLeft());
        }
    }

    @Test
    void aConfirmationGivesTheTriesBack() throws Exception {
        try (DeviceClient device = organisation.enrol("Back")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            for (int i = 0; i < 4; i++) {
                slot.tried("0000");
            }
            ShareSlot.Tried last = slot.tried("1234");
            assertPaused(30, slot);

            DeviceClient.require(204, slot.confirm(last.evaluation()));

            useUpTheFreeTries(slot);
        }
    }

    @Test
    void aConfirmationOfAnotherTryOrByAnotherKeyGivesNothingBack() throws Exception {
        try (DeviceClient device = organisation.enrol("Forged")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            ShareSlot other = new ShareSlot(device, ShareSlot.random(device).id, slot.key);
            other.made();
            ShareSlot.Tried first = slot.tried("0000");
            for (int i = 0; i < 3; i++) {
                slot.tried("0000");
            }
            ShareSlot.Tried last = slot.tried("0000");

            DeviceClient.requireRefused(
                    400,
                    Refusal.MALFORMED,
                    slot.confirm(last.evaluation(), DeviceKeys.random().person()));
            DeviceClient.requireRefused(409, Refusal.CONFLICT, slot.confirm(first.evaluation()));
            DeviceClient.requireRefused(409, Refusal.CONFLICT, other.confirm(last.evaluation()));
            DeviceClient.requireRefused(
                    400,
                    Refusal.MALFORMED,
                    device.send(
                            "POST",
                            "/v1/share/" + slot.id + "/confirmations",
                            last.evaluation().confirm(other.id, slot.key).toByteArray()));
            assertPaused(30, slot);
        }
    }

    @Test
    void aConfirmationThatIsSentAgainIsAcceptedAndDoesNothing() throws Exception {
        try (DeviceClient device = organisation.enrol("Again")) {
            ShareSlot slot = ShareSlot.random(device);
            slot.made();
            ShareSlot.Tried opened = slot.tried("1234");
            DeviceClient.require(204, slot.confirm(opened.evaluation()));
            ShareSlot next = ShareSlot.random(device);
            next.made();
            useUpTheFreeTries(slot);

            DeviceClient.require(204, slot.confirm(opened.evaluation()));

            assertPaused(30, slot);
            CLOCK.goOn(Duration.ofSeconds(30));
            next.tried("1234");
        }
    }
}
