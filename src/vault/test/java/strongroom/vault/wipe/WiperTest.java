package strongroom.vault.wipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.MemoryCounters;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.RecoverySlot;

class WiperTest extends OneMachine {
    private OrderInbox.Verdict.Obey order(WipedHome home) throws Exception {
        Order order = organisation.order(Order.Action.WIPE, 1, home.device);
        OrderInbox inbox = new OrderInbox(organisation.organisation(), home.device);
        return (OrderInbox.Verdict.Obey) inbox.judge(organisation.signed(order), 0, Instant.now(), Instant.now());
    }

    private static void wipe(WipedHome home, OrderInbox.Verdict.Obey order, Runnable step) throws Exception {
        Wiper wiper = home.wiper(step);
        wiper.begin(order);
        wiper.destroyKeys(order);
        wiper.resume();
        wiper.delivered();
    }

    @Test
    void nothingIsLeftButTheNotice() throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        OrderInbox.Verdict.Obey order = order(home);

        wipe(home, order, () -> {});

        assertEquals(
                List.of("wipe.lock", "wiped.notice"), List.copyOf(home.files().keySet()));
        WipedNotice notice = WipedNotice.of(home.home).orElseThrow();
        assertEquals("Ada Admin", notice.orderedBy());
        assertEquals("lost on a train", notice.reason());
        assertTrue(notice.receiptDelivered());
        assertFalse(home.secretOpens(), "an earlier copy of the slot must not open either");
        assertEquals(0, keys.count(), "nor may one of the device's keys sign");
    }

    @Test
    void theReceiptsAreSignedAndTellWhatIsGone() throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        VerifyingKey statementKey = home.identity.statementKey().verifyingKey();
        OrderInbox.Verdict.Obey order = order(home);
        Wiper wiper = home.wiper(() -> {});

        wiper.begin(order);
        Receipt received = Receipt.open(wiper.receipts().orElseThrow().signed().getFirst(), statementKey);
        wiper.resume();
        Wiper.Receipts receipts = wiper.receipts().orElseThrow();
        Receipt done = Receipt.open(receipts.signed().getLast(), statementKey);

        assertEquals(Receipt.Stage.RECEIVED, received.stage());
        assertTrue(receipts.last());
        assertEquals(Receipt.Stage.DONE, done.stage());
        assertEquals(order.order().id(), done.order());
        assertTrue(done.destroyed().contains("key slots: 2"), done.destroyed()::toString);
        assertTrue(done.destroyed().contains("seals of this machine: 1"), done.destroyed()::toString);
        assertTrue(done.remaining().isEmpty(), done.remaining()::toString);
        assertFalse(WipedNotice.of(home.home).orElseThrow().receiptDelivered());
    }

    @Test
    void afterAStopAtAnyStepTheNextStartFinishesTheWipe() throws Exception {
        int steps = 0;
        boolean stopped = true;
        while (stopped) {
            steps++;
            stopped = stopAndResume(steps);
        }
        assertTrue(steps > 20, "stopped at " + steps + " points only");
    }

    private boolean stopAndResume(int at) throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home" + at), organisation, sealer, random);
        OrderInbox.Verdict.Obey order = order(home);
        AtomicInteger left = new AtomicInteger(at);
        boolean stopped = false;
        try {
            wipe(home, order, () -> {
                if (left.decrementAndGet() == 0) {
                    throw new Stop();
                }
            });
        } catch (Stop e) {
            stopped = true;
        }

        Optional<WipedNotice> notice =
                Wiper.resumeIfBegun(home.home, home.sealers(), Clock.systemUTC(), new SecureRandom());
        assertTrue(notice.isPresent(), "stopped at " + at);
        assertFalse(home.secretOpens(), "stopped at " + at);
        assertFalse(Files.exists(home.home.slots()) || Files.exists(home.home.store()), "stopped at " + at);
        Wiper again = home.wiper(() -> {});
        if (again.begun()) {
            assertTrue(again.receipts().orElseThrow().last(), "stopped at " + at);
            again.delivered();
        }
        assertEquals(
                List.of("wipe.lock", "wiped.notice"), List.copyOf(home.files().keySet()), "stopped at " + at);
        assertTrue(WipedNotice.of(home.home).orElseThrow().receiptDelivered(), "stopped at " + at);
        assertEquals(0, keys.count(), "stopped at " + at);
        return stopped;
    }

    @Test
    void theCounterOfTheFolderIsErasedAndTheFolderIsNotOpenedForIt() throws Exception {
        MemoryCounters counters = new MemoryCounters(random);
        sealer.give(counters);
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        byte[] kept = counters.plan();
        try (SecretBytes authorisation = SecretBytes.random(32, random)) {
            counters.make(kept, authorisation);
        }
        Files.write(
                home.home.slots().resolve("store.counter"),
                new CanonicalWriter()
                        .fixed("SRCOUNT1".getBytes(StandardCharsets.US_ASCII))
                        .uint8(SealKind.TPM.code())
                        .bytes(kept)
                        .toByteArray());

        wipe(home, order(home), () -> {});

        assertEquals(0, counters.count());
        assertFalse(Files.exists(home.home.slots()));
    }

    @Test
    void aForgedJournalDestroysNothing() throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        TestOrganisation other = new TestOrganisation();
        Order order = other.order(Order.Action.WIPE, 1, home.device);
        WipeJournal.begun(new Warrant.Ordered(other.signed(order)), "Mallory", Instant.now())
                .write(home.home);
        var before = home.files();

        Optional<WipedNotice> notice =
                Wiper.resumeIfBegun(home.home, home.sealers(), Clock.systemUTC(), new SecureRandom());

        assertTrue(notice.isEmpty());
        before.remove("wipe.lock");
        var after = home.files();
        after.remove("wipe.lock");
        assertEquals(before, after);
        assertTrue(home.secretOpens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSealThatDoesNotAnswerIsToldAndTheRestIsDestroyed(boolean answersNonsense) throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        OrderInbox.Verdict.Obey order = order(home);
        Wiper wiper = home.wiper(() -> {});
        VerifyingKey statementKey = home.identity.statementKey().verifyingKey();
        wiper.begin(order);

        sealer.setAbsent(!answersNonsense);
        sealer.setConfused(answersNonsense);
        wiper.destroyKeys(order);
        sealer.setAbsent(false);
        sealer.setConfused(false);
        wiper.resume();

        Receipt last = Receipt.open(wiper.receipts().orElseThrow().signed().getLast(), statementKey);
        assertEquals(Receipt.Stage.FAILED, last.stage());
        assertEquals(1, last.remaining().size());
        assertFalse(Files.exists(home.home.slots()));
    }

    @Test
    void keysAreDestroyedWhenTheJournalCannotBeWritten() throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        OrderInbox.Verdict.Obey order = order(home);
        // A folder in its place: no write succeeds, as on a full disk.
        Files.createDirectories(home.home.wipeJournal().resolve("in the way"));

        Wiper wiper = home.wiper(() -> {});
        wiper.begin(order);
        wiper.destroyKeys(order);

        assertFalse(home.secretOpens());
        assertFalse(Files.exists(home.home.slots().resolve("daily.slot")));
        wiper.resume();
        assertFalse(Files.exists(home.home.store()));
        assertTrue(wiper.receipts().orElseThrow().last());
    }

    @Test
    void theRecoverySlotGoesWithTheOthers() throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        Path slot = home.home.slots().resolve(RecoverySlot.FILE);
        try (RecoveryCode code = RecoveryCode.random(random);
                SecretBytes root = SecretBytes.random(32, random)) {
            RecoverySlot.wrap(code, root, Instant.EPOCH, random).write(slot);
        }
        OrderInbox.Verdict.Obey order = order(home);
        Wiper wiper = home.wiper(() -> {});
        wiper.begin(order);

        wiper.destroyKeys(order);

        assertFalse(Files.exists(slot));
        wiper.resume();
        Receipt last = Receipt.open(
                wiper.receipts().orElseThrow().signed().getLast(),
                home.identity.statementKey().verifyingKey());
        assertEquals(Receipt.Stage.DONE, last.stage());
        assertTrue(last.destroyed().contains("key slots: 3"), last.destroyed()::toString);
    }

    @Test
    void filesOfTheUserInTheSameFolderAreLeftAlone() throws Exception {
        WipedHome home = new WipedHome(folder.resolve("home"), organisation, sealer, random);
        Path own = home.home.folder().resolve("holiday.jpg");
        Files.write(own, WipedHome.CANARY);
        Path outside = Files.write(folder.resolve("outside"), WipedHome.CANARY);
        Files.createSymbolicLink(home.home.store().resolve("link"), outside);

        wipe(home, order(home), () -> {});

        assertTrue(Files.exists(own));
        assertTrue(Files.exists(outside));
    }
}
