package strongroom.vault.wipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.MemorySealer;

class OrdersTest implements Orders.Carrier {
    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final List<String> carried = new ArrayList<>();
    private TestOrganisation organisation;
    private WipedHome home;
    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void makeHome() throws Exception {
        organisation = new TestOrganisation();
        home = new WipedHome(folder.resolve("home"), organisation, new MemorySealer(random, 5), random);
    }

    private void take(SignedOrder... orders) throws Exception {
        orders().take(List.of(orders), Instant.now());
    }

    private Orders orders() {
        return new Orders(home.home, home.sealers(), clock, random, this);
    }

    @Override
    public void wipe(OrderInbox.Verdict.Obey order) {
        carried.add("wipe " + order.order().number());
    }

    @Override
    public void frozen(Freeze freeze) {
        carried.add("frozen by " + freeze.orderedBy());
    }

    @Override
    public void thawed() {
        carried.add("thawed");
    }

    private List<Receipt> receipts() throws Exception {
        VerifyingKey key = home.identity.statementKey().verifyingKey();
        List<Receipt> receipts = new ArrayList<>();
        List<Signed> left = new ArrayList<>();
        orders().<RuntimeException>deliver((order, receipt) -> left.add(receipt));
        for (Signed receipt : left) {
            receipts.add(Receipt.open(receipt, key));
        }
        return receipts;
    }

    @Test
    void aGenuineOrderIsObeyed() throws Exception {
        take(organisation.signed(organisation.order(Order.Action.WIPE, 1, home.device)));

        assertEquals(List.of("wipe 1"), carried);
    }

    @Test
    void everyFlippedByteOfAnOrderMakesItNobodysOrder() throws Exception {
        byte[] good = organisation
                .signed(organisation.order(Order.Action.WIPE, 1, home.device))
                .toByteArray();
        var before = home.files();
        int judged = 0;
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            try {
                take(SignedOrder.of(bad));
                judged++;
            } catch (MalformedException e) {
                // It does not even parse.
            }
        }
        assertTrue(judged > 100);
        assertEquals(List.of(), carried);
        assertEquals(before, home.files());
    }

    @Test
    void ordersOfOthersDestroyNothing() throws Exception {
        Order order = organisation.order(Order.Action.WIPE, 1, home.device);
        TestOrganisation other = new TestOrganisation();
        var before = home.files();

        take(
                // another organisation
                other.signed(other.order(Order.Action.WIPE, 1, home.device)),
                // a genuine administrator's certificate, another key's signature
                SignedOrder.of(order, organisation.administratorCertificate(), other.administratorKey()),
                // an administrator certified by somebody who is not the root
                SignedOrder.of(
                        order,
                        organisation.administratorCertificate(
                                other.rootKey(),
                                KeyCertificate.Role.ADMINISTRATOR,
                                Instant.now().plusSeconds(60)),
                        organisation.administratorKey()),
                // an enrolment code is no administrator
                SignedOrder.of(
                        order,
                        organisation.administratorCertificate(
                                organisation.rootKey(),
                                KeyCertificate.Role.CODE,
                                Instant.now().plusSeconds(60)),
                        organisation.administratorKey()),
                // an administrator whose time was over when it was signed
                SignedOrder.of(
                        order,
                        organisation.administratorCertificate(
                                organisation.rootKey(),
                                KeyCertificate.Role.ADMINISTRATOR,
                                Instant.now().minusSeconds(60)),
                        organisation.administratorKey()),
                // another device
                organisation.signed(organisation.order(Order.Action.WIPE, 1, Id.random(random))));

        assertEquals(List.of(), carried);
        assertEquals(before, home.files());
        assertEquals(0, home.identity.lastOrder());
    }

    @Test
    void anOrderThatWasDealtWithIsNotObeyedAgain() throws Exception {
        SignedOrder freeze = organisation.signed(organisation.order(Order.Action.FREEZE, 7, home.device));
        take(freeze);
        take(freeze, organisation.signed(organisation.order(Order.Action.WIPE, 7, home.device)));
        take(organisation.signed(organisation.order(Order.Action.WIPE, 6, home.device)));

        assertEquals(List.of("frozen by Ada Admin"), carried);
    }

    @Test
    void anExpiredOrderIsAnsweredAndNotObeyed() throws Exception {
        Instant then = Instant.now().minus(Duration.ofDays(2));
        Order old = new Order(
                Id.random(random),
                3,
                home.device,
                Order.Action.WIPE,
                "",
                Instant.now().minusSeconds(60),
                then);

        take(organisation.signed(old));

        assertEquals(List.of(), carried);
        assertEquals(Receipt.Stage.FAILED, receipts().getFirst().stage());
        assertEquals(3, home.identity.lastOrder());
    }

    @Test
    void aClockSetForwardDoesNotEscapeAnOrder() throws Exception {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(3650));

        take(organisation.signed(organisation.order(Order.Action.WIPE, 1, home.device)));

        assertEquals(List.of("wipe 1"), carried);
    }

    @Test
    void ordersAreObeyedInTheOrderOfTheirNumbers() throws Exception {
        take(
                organisation.signed(organisation.order(Order.Action.WIPE, 3, home.device)),
                organisation.signed(organisation.order(Order.Action.THAW, 2, home.device)),
                organisation.signed(organisation.order(Order.Action.FREEZE, 1, home.device)));

        assertEquals(List.of("frozen by Ada Admin", "thawed", "wipe 3"), carried);
    }

    @Test
    void aFreezeMarksTheHomeUntilAThaw() throws Exception {
        take(organisation.signed(organisation.order(Order.Action.FREEZE, 1, home.device)));
        assertEquals("lost on a train", Freeze.of(home.home).orElseThrow().reason());

        take(organisation.signed(organisation.order(Order.Action.THAW, 2, home.device)));
        assertTrue(Freeze.of(home.home).isEmpty());
        assertEquals(2, receipts().size());
    }

    @Test
    void aDrillCountsAndTouchesNothing() throws Exception {
        var before = home.files();

        take(organisation.signed(organisation.order(Order.Action.DRILL, 1, home.device)));
        Receipt receipt = receipts().getFirst();

        assertEquals(Receipt.Stage.DONE, receipt.stage());
        assertTrue(receipt.destroyed().contains("would destroy: key slots, 2 files"), receipt.destroyed()::toString);
        assertTrue(receipt.destroyed().contains("nothing was touched"));
        var after = home.files();
        after.keySet().removeIf(name -> name.startsWith("identity/orders") || name.startsWith("identity/receipts"));
        assertEquals(before, after);
        assertTrue(home.secretOpens());
    }

    @Test
    void aReceiptWaitsUntilItIsLeft() throws Exception {
        take(organisation.signed(organisation.order(Order.Action.FREEZE, 1, home.device)));

        boolean failed = false;
        try {
            orders().<IllegalStateException>deliver((order, receipt) -> {
                throw new IllegalStateException("the line broke");
            });
        } catch (IllegalStateException e) {
            failed = true;
        }
        assertTrue(failed);
        assertEquals(1, receipts().size());
        assertFalse(receipts().iterator().hasNext(), "it is left once");
    }
}
