package strongroom.vault.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockMachineTest {
    private final AtomicLong nanos = new AtomicLong();
    private final SetClock clock = new SetClock();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private LockMachine machine = machine(LockRules.DEFAULT);

    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private LockMachine machine(LockRules rules) {
        return new LockMachine(rules, clock, nanos::get, (phase, cause, at) -> told.add(phase + " " + cause));
    }

    private LockMachine opened(LockRules rules) throws InterruptedException {
        machine.close();
        machine = machine(rules);
        assertTrue(machine.beginUnlock());
        assertTrue(machine.unlocked());
        assertEquals(List.of("UNLOCKING STARTED", "UNLOCKED STARTED"), next(2));
        return machine;
    }

    private List<String> next(int count) throws InterruptedException {
        List<String> seen = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            seen.add(String.valueOf(told.poll(5, TimeUnit.SECONDS)));
        }
        return seen;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        clock.now = clock.now.plus(time);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void losingTheFocusCoversAndLocksAtOnceWithoutGrace() throws InterruptedException {
        opened(LockRules.DEFAULT).focusLost(Cause.FOCUS_LOST);

        assertEquals(List.of("COVERED FOCUS_LOST", "LOCKED FOCUS_LOST"), next(2));
    }

    @Test
    void comingBackWithinTheGraceUncovers() throws InterruptedException {
        LockMachine patient = opened(new LockRules(Duration.ofMinutes(5), Duration.ofMinutes(10)));
        patient.focusLost(Cause.FOCUS_LOST);
        patient.focusGained();

        assertEquals(List.of("COVERED FOCUS_LOST", "UNLOCKED FOCUS_LOST"), next(2));
    }

    @Test
    void theGraceEndsInALockByTheMachinesOwnTimer() throws InterruptedException {
        opened(new LockRules(Duration.ofMillis(20), Duration.ofMinutes(10))).focusLost(Cause.FOCUS_LOST);

        assertEquals(List.of("COVERED FOCUS_LOST", "LOCKED FOCUS_LOST"), next(2));
    }

    @Test
    void anUnlockThatWasOvertakenByALockIsTold() throws InterruptedException {
        assertTrue(machine.beginUnlock());
        machine.lock(Cause.SLEEP);

        assertFalse(machine.unlocked(), "the caller must close what it opened");
        assertEquals(Phase.LOCKED, machine.phase());
    }

    @Test
    void whoLooksAwayWhileThePinIsCheckedFindsTheVaultLocked() throws InterruptedException {
        assertTrue(machine.beginUnlock());
        machine.focusLost(Cause.FOCUS_LOST);

        assertFalse(machine.unlocked(), "the caller must close what it opened");
        assertEquals(
                List.of("UNLOCKING STARTED", "UNLOCKED STARTED", "COVERED FOCUS_LOST", "LOCKED FOCUS_LOST"), next(4));
    }

    @Test
    void whoLooksAwayAndBackWhileThePinIsCheckedFindsTheVaultOpen() throws InterruptedException {
        assertTrue(machine.beginUnlock());
        machine.focusLost(Cause.FOCUS_LOST);
        machine.focusGained();

        assertTrue(machine.unlocked());
        assertEquals(Phase.UNLOCKED, machine.phase());
    }

    @Test
    void withGraceTheVaultIsOpenedCoveredToWhoLooksAway() throws InterruptedException {
        machine.close();
        machine = machine(new LockRules(Duration.ofMinutes(5), Duration.ofMinutes(10)));
        assertTrue(machine.beginUnlock());
        machine.focusLost(Cause.FOCUS_LOST);

        assertTrue(machine.unlocked());
        assertEquals(Phase.COVERED, machine.phase());
        machine.focusGained();
        assertEquals(Phase.UNLOCKED, machine.phase());
    }

    @Test
    void idlenessLocks() throws InterruptedException {
        LockMachine open = opened(LockRules.DEFAULT);
        pass(Duration.ofMinutes(9));
        open.tick();
        assertEquals(Phase.UNLOCKED, open.phase());
        pass(Duration.ofMinutes(2));
        open.tick();

        assertEquals(List.of("LOCKED IDLE"), next(1));
    }

    @Test
    void activityPutsTheIdleLockOff() throws InterruptedException {
        LockMachine open = opened(LockRules.DEFAULT);
        pass(Duration.ofMinutes(9));
        open.activity();
        pass(Duration.ofMinutes(9));
        open.tick();

        assertEquals(Phase.UNLOCKED, open.phase());
    }

    @Test
    void aClockThatIsSetBackLocks() throws InterruptedException {
        LockMachine open = opened(LockRules.DEFAULT);
        clock.now = clock.now.minus(Duration.ofHours(1));
        open.tick();

        assertEquals(List.of("LOCKED CLOCK_JUMP"), next(1));
    }

    @Test
    void nothingLeadsBackFromAWipe() throws InterruptedException {
        LockMachine open = opened(LockRules.DEFAULT);
        open.wiped();
        open.lock(Cause.ASKED);
        open.focusGained();

        assertFalse(open.beginUnlock());
        assertEquals(Phase.WIPED, open.phase());
    }

    @Test
    void aSecondUnlockCannotStartWhileOneRuns() {
        assertTrue(machine.beginUnlock());
        assertFalse(machine.beginUnlock());
    }
}
