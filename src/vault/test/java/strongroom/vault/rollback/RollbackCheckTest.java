package strongroom.vault.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.seal.MemoryCounters;
import strongroom.vault.seal.MemoryCounters.CutOff;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealKind;
import strongroom.vault.store.KeptCounter.Finding;
import strongroom.vault.store.VaultStore;

/// What a counter in the machine shows of a folder, whatever is put back and wherever it is cut off.
class RollbackCheckTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    private Path folder;

    private final MemoryCounters counters = new MemoryCounters(RANDOM);
    private Instant now = MORNING;
    private int copies;
    private Home home = new Home(Path.of(""));
    private CountedHome counted;

    @BeforeEach
    void aHome() throws Exception {
        counted = new CountedHome(folder.resolve("home"), counters, clock());
        home = counted.home();
    }

    @AfterEach
    void close() {
        counted.close();
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    /// One unlock: looks, and goes on with what was changed before.
    private final class Unlock implements AutoCloseable {
        private final VaultStore store = counted.open(clock());
        private final RollbackCheck check = counted.check(store, clock());
        private final Standing standing;

        private Unlock() throws Exception {
            standing = check.look();
            check.step();
        }

        private Unlock work() throws Exception {
            CountedHome.change(store);
            check.step();
            return this;
        }

        private Unlock takeNote() throws Exception {
            check.takeNote();
            return this;
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private Standing unlocked() throws Exception {
        try (Unlock unlock = new Unlock()) {
            return unlock.standing;
        }
    }

    private Standing worked() throws Exception {
        try (Unlock unlock = new Unlock()) {
            return unlock.work().standing;
        }
    }

    private void assertAsLeft() throws Exception {
        assertEquals(new Standing.AsLeft(), unlocked());
        assertEquals(Optional.empty(), new FindingFile(home).read().filter(finding -> !finding.noted()));
    }

    private Finding found() throws Exception {
        return assertInstanceOf(Standing.Found.class, unlocked()).finding();
    }

    private Path copy() throws IOException {
        Path copy = folder.resolve("copy " + ++copies);
        copy(home.folder(), copy);
        return copy;
    }

    private void putBack(Path copy) throws IOException {
        try (Stream<Path> there = Files.walk(home.folder())) {
            for (Path path : there.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        copy(copy, home.folder());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + home.store().resolve("vault.db"));
                Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    @Test
    void theNormalLifeIsNeverTold() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertEquals(new Standing.AsLeft(), worked());
            assertAsLeft();
        }
        assertEquals(1, counters.count());
    }

    @Test
    void anUnlockThatChangesWritesTheMachineOnceAndOneThatReadsNotAtAll() throws Exception {
        unlocked();
        long before = counters.written();

        try (Unlock unlock = new Unlock()) {
            unlock.work().work().work();
        }
        assertEquals(before + 1, counters.written());

        // What came after the step is counted at the next one, and then nothing is left to count.
        unlocked();
        unlocked();
        unlocked();
        assertEquals(before + 2, counters.written());
    }

    @Test
    void aCopyThatWasPutBackIsToldWithWhenItWasMadeUntilSomebodyTakesNote() throws Exception {
        worked();
        Path copy = copy();
        now = MORNING.plusSeconds(3600);
        worked();

        putBack(copy);

        Finding finding = found();
        assertEquals(Finding.Kind.SET_BACK, finding.kind());
        assertEquals(MORNING, finding.from());
        assertEquals(now, finding.at());
        assertEquals(Optional.of(finding), new FindingFile(home).read());
        // Over a lock, over work, and whatever becomes of the note in clear.
        Files.delete(home.slots().resolve("store.finding"));
        worked();
        assertEquals(finding, found());
        try (Unlock unlock = new Unlock()) {
            unlock.takeNote();
        }
        assertEquals(new Standing.AsLeft(), unlocked());
        assertTrue(new FindingFile(home).read().orElseThrow().noted());
    }

    @Test
    void theNewerFolderIsToldInItsTurn() throws Exception {
        worked();
        Path older = copy();
        worked();
        Path newer = copy();
        putBack(older);
        found();

        putBack(newer);

        assertEquals(Finding.Kind.SET_BACK, found().kind());
    }

    @Test
    void theSameCopyIsToldEachTimeItIsPutBack() throws Exception {
        worked();
        Path copy = copy();
        for (int i = 0; i < 2; i++) {
            worked();
            putBack(copy);
            assertEquals(MORNING, found().from());
        }
    }

    @Test
    void aCopyFromBetweenTwoChangesOfOneUnlockIsToldAfterTheNextOne() throws Exception {
        Path between;
        try (Unlock unlock = new Unlock()) {
            unlock.work();
            between = copy();
            unlock.work();
        }
        // Within the same step: not to be seen.
        Path after = copy();
        putBack(between);
        assertAsLeft();
        putBack(after);

        unlocked();
        putBack(between);

        assertEquals(Finding.Kind.SET_BACK, found().kind());
    }

    @Test
    void cutOffBeforeOrAfterTheCountingNothingIsToldAndItIsMadeGood() throws Exception {
        unlocked();
        for (CutOff when : List.of(CutOff.BEFORE, CutOff.AFTER)) {
            Path before = copy();
            counters.cutOff(when);
            worked();
            assertAsLeft();
            worked();
            Path good = copy();

            putBack(before);
            assertEquals(Finding.Kind.SET_BACK, found().kind(), when::toString);
            putBack(good);
            found();
            try (Unlock unlock = new Unlock()) {
                unlock.takeNote();
            }
            assertAsLeft();
        }
    }

    @Test
    void whatWasCutOffIsCountedWithTheNextChange() throws Exception {
        unlocked();
        Path copy = copy();
        counters.cutOff(CutOff.BEFORE);
        try (Unlock unlock = new Unlock()) {
            unlock.work().work();
        }

        putBack(copy);

        assertEquals(Finding.Kind.SET_BACK, found().kind());
    }

    @Test
    void aMachineThatIsAwayIsNotCheckedAndNothingIsTold() throws Exception {
        worked();
        Path copy = copy();
        counters.setAbsent(true);
        assertEquals(new Standing.NotChecked(), worked());
        assertEquals(new Standing.NotChecked(), worked());
        counters.setAbsent(false);

        assertEquals(new Standing.AsLeft(), unlocked());

        putBack(copy);
        assertEquals(Finding.Kind.SET_BACK, found().kind());
        // What was told once is told although nobody can look now.
        counters.setAbsent(true);
        assertEquals(Finding.Kind.SET_BACK, found().kind());
    }

    @Test
    void aCounterThatWasErasedOrImitatedIsToldAndAnotherOneCounts() throws Exception {
        worked();
        counters.erase();
        assertEquals(Finding.Kind.COUNTER_LOST, found().kind());
        try (Unlock unlock = new Unlock()) {
            unlock.takeNote().work();
        }
        Path copy = copy();
        worked();
        counters.imitate();
        assertEquals(Finding.Kind.COUNTER_LOST, found().kind());
        try (Unlock unlock = new Unlock()) {
            unlock.takeNote().work();
        }

        assertEquals(1, counters.count(), "none is left behind");
        putBack(copy);
        // Its own counter is gone, too.
        assertEquals(Finding.Kind.COUNTER_LOST, found().kind());
    }

    @Test
    void aMachineWithoutRoomForAnotherCounterDoesNotKeepItFromBeingTold() throws Exception {
        worked();
        counters.erase();
        counters.fill();

        assertEquals(Finding.Kind.COUNTER_LOST, found().kind());
        assertEquals(Finding.Kind.COUNTER_LOST, found().kind());
    }

    @Test
    void aDiskThatTakesNothingMoreDoesNotKeepItFromBeingTold() throws Exception {
        worked();
        Path copy = copy();
        worked();
        putBack(copy);
        sql("CREATE TRIGGER no_room BEFORE INSERT ON row WHEN new.kind = 13 BEGIN SELECT RAISE(ABORT, 'full'); END");

        assertEquals(Finding.Kind.SET_BACK, found().kind());

        sql("DROP TRIGGER no_room");
        assertEquals(Finding.Kind.SET_BACK, found().kind());
    }

    @Test
    void whoTakesTheRowAwayHasNotMadeAStoreThatNeverHadACounter() throws Exception {
        worked();
        Path copy = copy();
        worked();
        putBack(copy);
        sql("DELETE FROM row WHERE kind = 13");
        Files.delete(home.slots().resolve("store.counter"));

        assertEquals(Finding.Kind.COUNTER_LOST, found().kind());

        sql("UPDATE row SET version = version + 1 WHERE kind = 13");
        assertEquals(Finding.Kind.COUNTER_LOST, found().kind());
    }

    @Test
    void anotherFileInThePlaceOfTheCountersChangesNothing() throws Exception {
        worked();
        Path file = home.slots().resolve("store.counter");
        byte[] right = Files.readAllBytes(file);
        for (byte[] wrong : new byte[][] {{}, {1, 2, 3}, new byte[60]}) {
            Files.write(file, wrong);

            assertAsLeft();

            assertEquals(-1, Files.mismatch(file, Files.write(folder.resolve("right"), right)));
        }
    }

    @Test
    void aCounterThatWasMadeAndNeverWrittenDownIsNotLeftBehind() throws Exception {
        // Cut off right after it was made: the file names it, and the store does not.
        byte[] planned = counters.plan();
        new CounterFile(SealKind.TPM, planned).write(home);
        try (SecretBytes authorisation = SecretBytes.random(32, RANDOM)) {
            counters.make(planned, authorisation);
        }

        assertAsLeft();

        assertEquals(1, counters.count());
        assertFalse(CounterFile.of(home).orElseThrow().names(SealKind.TPM, planned));
    }

    @Test
    void aMachineWithoutCountersIsNotChecked() throws Exception {
        MemorySealer plain = new MemorySealer(RANDOM, 5);
        try (VaultStore store = counted.open(clock())) {
            RollbackCheck check = new RollbackCheck(home, store.counter(), new OneSealer(plain), clock());

            assertEquals(new Standing.NotChecked(), check.look());
            check.step();
        }
        assertFalse(Files.exists(home.slots().resolve("store.counter")));
        // The same home, when its machine has some: a store from before there were any.
        assertEquals(new Standing.AsLeft(), unlocked());
    }

    @Test
    void nothingIsBegunWhileTheHomeIsWiped() throws Exception {
        Files.write(home.wipeJournal(), new byte[1]);

        assertEquals(new Standing.NotChecked(), worked());

        assertEquals(0, counters.count());
    }
}
