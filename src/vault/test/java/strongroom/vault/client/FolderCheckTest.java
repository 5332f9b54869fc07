package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.rollback.CountedHome;
import strongroom.vault.seal.MachineCounters;
import strongroom.vault.seal.MemoryCounters;
import strongroom.vault.seal.SealException;
import strongroom.vault.store.VaultStore;

/// What the person, and a lock, have to do with the counter in the machine: they never wait for it.
class FolderCheckTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final MemoryCounters counters = new MemoryCounters(new SecureRandom());
    private final SlowCounters machine = new SlowCounters(counters);
    private final Watched<FolderState> told = new Watched<>(new FolderState.NotChecked());
    private CountedHome home;

    /// Takes its time over a reading, from when it is told to, and does not hear an interruption.
    private static final class SlowCounters implements MachineCounters {
        private final MachineCounters inside;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answers = new CountDownLatch(1);
        private volatile boolean slow;

        private SlowCounters(MachineCounters inside) {
            this.inside = inside;
        }

        @Override
        public byte[] plan() throws SealException {
            return inside.plan();
        }

        @Override
        public long make(byte[] kept, SecretBytes authorisation) throws SealException {
            return inside.make(kept, authorisation);
        }

        @Override
        public long read(byte[] kept, SecretBytes authorisation) throws SealException {
            asked.countDown();
            while (slow) {
                try {
                    answers.await();
                    slow = false;
                } catch (InterruptedException expected) {
                    // It goes on.
                }
            }
            return inside.read(kept, authorisation);
        }

        @Override
        public long increment(byte[] kept, SecretBytes authorisation) throws SealException {
            return inside.increment(kept, authorisation);
        }

        @Override
        public void destroy(byte[] kept) throws SealException {
            inside.destroy(kept);
        }
    }

    @BeforeEach
    void aHome() throws Exception {
        home = new CountedHome(folder.resolve("home"), machine, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        home.close();
    }

    private FolderCheck checkOf(VaultStore store) {
        return new FolderCheck(home.check(store, Clock.systemUTC()), told);
    }

    @Test
    void aCommandThatEndsWaitsUntilWhatItChangedIsCounted() throws Exception {
        try (VaultStore store = home.open(Clock.systemUTC());
                FolderCheck check = checkOf(store)) {
            check.begin();
            check.await(LONG);
            assertEquals(new FolderState.AsLeft(), told.get());
            long before = counters.written();

            CountedHome.change(store);
            check.changed();
            check.changed();
            check.await(LONG);

            assertEquals(before + 1, counters.written());
        }
    }

    @Test
    void aLockDoesNotWaitForAMachineAndNothingIsToldAfterIt() throws Exception {
        try (VaultStore store = home.open(Clock.systemUTC());
                FolderCheck check = checkOf(store)) {
            check.begin();
            check.await(LONG);
        }
        machine.slow = true;
        VaultStore store = home.open(Clock.systemUTC());
        FolderCheck check = checkOf(store);
        check.begin();
        machine.asked.await();

        // These would never return if they waited for it: it answers only after them.
        check.close();
        store.close();
        check.sayLocked();
        machine.answers.countDown();

        assertEquals(new FolderState.NotChecked(), told.get());
        try (VaultStore again = home.open(Clock.systemUTC());
                FolderCheck next = checkOf(again)) {
            next.begin();
            next.await(LONG);
            assertEquals(new FolderState.AsLeft(), told.get());
        }
    }

    @Test
    void aLostCounterIsToldUntilItIsNoted() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (VaultStore store = home.open(Clock.systemUTC());
                    FolderCheck check = checkOf(store)) {
                check.begin();
                check.await(LONG);
            }
            if (i == 0) {
                counters.erase();
            }
        }
        try (VaultStore store = home.open(Clock.systemUTC());
                FolderCheck check = checkOf(store)) {
            check.begin();
            check.await(LONG);
            assertInstanceOf(FolderState.CounterLost.class, told.get());

            check.takeNote();

            assertEquals(new FolderState.AsLeft(), told.get());
        }
    }
}
