package strongroom.vault.wipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.identity.TestOrganisation;

/// The rule for wrong PINs destroys as an order does, and nobody can have it do so who is not the organisation and this
/// device together.
class WrongPinWipeTest extends OneMachine {
    private static SignedPolicy rule(TestOrganisation by, int destroyAfter) throws Exception {
        PinPolicy policy = new PinPolicy(4, 6, 0, destroyAfter, false, Instant.now());
        return SignedPolicy.of(policy, by.administratorCertificate(), by.administratorKey());
    }

    private WipedHome home(String name) throws Exception {
        return new WipedHome(folder.resolve(name), organisation, sealer, random);
    }

    @Test
    void whereAnOrderCameFirstThatIsWhatIsTold() throws Exception {
        WipedHome home = home("home");
        Order order = organisation.order(Order.Action.WIPE, 1, home.device);
        OrderInbox inbox = new OrderInbox(organisation.organisation(), home.device);
        var obeyed = (OrderInbox.Verdict.Obey) inbox.judge(organisation.signed(order), 0, Instant.now(), Instant.now());
        Wiper wiper = home.wiper(() -> {});
        wiper.begin(obeyed);

        WipedNotice told = wiper.destroyKeys(rule(organisation, 5), 5);

        assertFalse(home.secretOpens());
        assertEquals(obeyed.order().id(), told.order());
        assertEquals(obeyed.order().reason(), told.reason());
        assertEquals(0, told.wrongPins());
    }

    @Test
    void nothingIsLeftButTheNoticeAndTheServerIsToldWhy() throws Exception {
        WipedHome home = home("home");
        VerifyingKey statementKey = home.identity.statementKey().verifyingKey();
        Wiper wiper = home.wiper(() -> {});

        WipedNotice begun = wiper.destroyKeys(rule(organisation, 5), 5);
        assertFalse(home.secretOpens());
        wiper.resume();
        Wiper.Receipts receipts = wiper.receipts().orElseThrow();
        wiper.delivered();

        Signed statement = receipts.statement();
        assertNotNull(statement);
        SelfDestruction said = SelfDestruction.open(statement, statementKey);
        assertEquals(4, said.policy());
        assertEquals(5, said.wrongPins());
        assertEquals(home.device, said.device());
        Receipt done = Receipt.open(receipts.signed().getLast(), statementKey);
        assertEquals(Receipt.Stage.DONE, done.stage());
        assertEquals(said.id(), done.order());
        WipedNotice notice = WipedNotice.of(home.home).orElseThrow();
        assertEquals(said.id(), begun.order());
        assertEquals(said.id(), notice.order());
        assertEquals("Ada Admin", notice.orderedBy());
        assertEquals(5, notice.wrongPins());
        assertTrue(notice.receiptDelivered());
        assertEquals(
                List.of("wipe.lock", "wiped.notice"), List.copyOf(home.files().keySet()));
        assertEquals(0, keys.count());
    }

    @Test
    void afterAStopAtAnyStepTheNextStartFinishesIt() throws Exception {
        int steps = 0;
        boolean stopped = true;
        while (stopped) {
            steps++;
            stopped = stopAndResume(steps);
        }
        assertTrue(steps > 15, "stopped at " + steps + " points only");
    }

    private boolean stopAndResume(int at) throws Exception {
        WipedHome home = home("home" + at);
        AtomicInteger left = new AtomicInteger(at);
        boolean stopped = false;
        try {
            Wiper wiper = home.wiper(() -> {
                if (left.decrementAndGet() == 0) {
                    throw new Stop();
                }
            });
            wiper.destroyKeys(rule(organisation, 5), 6);
            wiper.resume();
            wiper.delivered();
        } catch (Stop e) {
            stopped = true;
        }

        Optional<WipedNotice> notice =
                Wiper.resumeIfBegun(home.home, home.sealers(), Clock.systemUTC(), new SecureRandom());
        assertTrue(notice.isPresent(), "stopped at " + at);
        assertFalse(home.secretOpens(), "stopped at " + at);
        Wiper again = home.wiper(() -> {});
        if (again.begun()) {
            assertTrue(again.receipts().orElseThrow().last(), "stopped at " + at);
            again.delivered();
        }
        assertEquals(
                List.of("wipe.lock", "wiped.notice"), List.copyOf(home.files().keySet()), "stopped at " + at);
        WipedNotice last = WipedNotice.of(home.home).orElseThrow();
        assertTrue(last.receiptDelivered(), "stopped at " + at);
        assertEquals(6, last.wrongPins(), "stopped at " + at);
        assertEquals(0, keys.count(), "stopped at " + at);
        return stopped;
    }

    @Test
    void withoutARuleThatSaysSoNothingIsTouched() throws Exception {
        WipedHome home = home("home");
        Wiper wiper = home.wiper(() -> {});
        var before = home.files();

        assertThrows(WipeException.class, () -> wiper.destroyKeys(rule(new TestOrganisation(), 5), 5));
        assertThrows(WipeException.class, () -> wiper.destroyKeys(rule(organisation, 6), 5));
        assertThrows(WipeException.class, () -> wiper.destroyKeys(rule(organisation, 0), 500));

        assertFalse(wiper.begun());
        var after = home.files();
        after.remove("wipe.lock");
        assertEquals(before, after);
        assertTrue(home.secretOpens());
    }

    @Test
    void aMachineThatDoesNotSignDoesNotKeepTheKeys() throws Exception {
        WipedHome home = home("home");
        keys.setAbsent(true);

        WipedNotice notice = home.wiper(() -> {}).destroyKeys(rule(organisation, 5), 5);

        assertFalse(home.secretOpens());
        assertFalse(Files.exists(home.home.slots().resolve("daily.slot")));
        assertEquals(Optional.of(notice), WipedNotice.of(home.home));
        assertEquals(5, notice.wrongPins());
    }

    @Test
    void aForgedJournalDestroysNothing() throws Exception {
        WipedHome home = home("home");
        SelfDestruction said = new SelfDestruction(Id.random(random), home.device, 4, 5, Instant.now());
        SelfDestruction ofAnother = new SelfDestruction(Id.random(random), Id.random(random), 4, 5, Instant.now());
        SelfDestruction byAnother = new SelfDestruction(Id.random(random), home.device, 3, 5, Instant.now());
        Signed forged;
        try (SigningKey mallory = SigningKey.generate(random)) {
            forged = said.sign(mallory);
        }
        Signed genuine = said.sign(home.identity.statementKey());
        for (Warrant warrant : List.of(
                new Warrant.ByRule(rule(organisation, 5), forged),
                new Warrant.ByRule(rule(organisation, 6), genuine),
                new Warrant.ByRule(rule(organisation, 0), genuine),
                new Warrant.ByRule(rule(new TestOrganisation(), 5), genuine),
                new Warrant.ByRule(rule(organisation, 5), ofAnother.sign(home.identity.statementKey())),
                new Warrant.ByRule(rule(organisation, 5), byAnother.sign(home.identity.statementKey())))) {
            WipeJournal.begun(warrant, "Mallory", Instant.now()).write(home.home);

            assertTrue(Wiper.resumeIfBegun(home.home, home.sealers(), Clock.systemUTC(), new SecureRandom())
                    .isEmpty());
            assertTrue(home.secretOpens());
            Files.delete(home.home.wipeJournal());
        }
    }
}
