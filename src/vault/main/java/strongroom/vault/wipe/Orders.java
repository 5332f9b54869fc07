package strongroom.vault.wipe;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Signer;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.Enrolment;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.wipe.OrderInbox.Verdict;

/// Judges the orders that come in and obeys them, each once, in the order of their numbers. One thread at a time.
public final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final Home home;
    private final DeviceIdentity identity;
    private final Clock clock;
    private final ReceiptOutbox outbox;
    private final Carrier carrier;

    /// Does what concerns more than the home's files.
    public interface Carrier {
        /// Carries a wipe out, wholly or to the point from where it goes on by itself.
        void wipe(Verdict.Obey order);

        /// The device is frozen now.
        void frozen(Freeze freeze);

        /// The freeze is over.
        void thawed();
    }

    /// Leaves a receipt with the server.
    @FunctionalInterface
    public interface Post<X extends Exception> {
        /// Returns when the server has it.
        void leave(Id order, Signed receipt) throws X, InterruptedException;
    }

    /// @param carrier called on the thread that hands the orders in
    public Orders(Home home, SealerSource sealers, Clock clock, SecureRandom random, Carrier carrier) {
        this.home = home;
        this.identity = new DeviceIdentity(home, sealers, random);
        this.clock = clock;
        this.outbox = new ReceiptOutbox(home);
        this.carrier = carrier;
    }

    /// The number of the last order that was dealt with: ask for those above it.
    public long last() throws IdentityException {
        return identity.lastOrder();
    }

    /// Judges and obeys. Nothing that is not a valid order for this device has any effect.
    ///
    /// @param handedOut not verified @param serverTime by the server's clock
    public synchronized void take(List<SignedOrder> handedOut, Instant serverTime)
            throws IdentityException, WipeException {
        Enrolment enrolment = identity.enrolled();
        OrderInbox inbox = new OrderInbox(enrolment.organisation(), enrolment.device());
        // Judged against the number of before they came: what a forged one claims moves nothing.
        long last = identity.lastOrder();
        List<Verdict> verdicts = handedOut.stream()
                .map(signed -> inbox.judge(signed, last, clock.instant(), serverTime))
                .sorted(Comparator.comparingLong(Orders::number))
                .toList();
        for (Verdict verdict : verdicts) {
            switch (verdict) {
                case Verdict.Ignored ignored -> LOG.warn("an order was ignored: {}", ignored.why());
                case Verdict.Expired expired -> {
                    LOG.warn("order {} had expired", expired.order().id());
                    answer(expired.order(), Receipt.Stage.FAILED, List.of(), List.of("the order had expired"));
                }
                case Verdict.Obey obey -> obey(obey);
            }
        }
    }

    private static long number(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ignored ignored -> 0;
            case Verdict.Expired expired -> expired.order().number();
            case Verdict.Obey obey -> obey.order().number();
        };
    }

    private void obey(Verdict.Obey obey) throws IdentityException, WipeException {
        Order order = obey.order();
        if (order.number() <= identity.lastOrder()) {
            return;
        }
        LOG.info("obeying order {} number {}: {}", order.id(), order.number(), order.action());
        try {
            switch (order.action()) {
                // Its number is not noted: the journal holds it, and nothing of the identity stays afterwards.
                case WIPE -> carrier.wipe(obey);
                case FREEZE -> {
                    Freeze freeze = new Freeze(obey.orderedBy(), order.reason(), clock.instant());
                    freeze.write(home);
                    carrier.frozen(freeze);
                    answer(order, Receipt.Stage.DONE, List.of(), List.of());
                }
                case THAW -> {
                    Freeze.end(home);
                    carrier.thawed();
                    answer(order, Receipt.Stage.DONE, List.of(), List.of());
                }
                case DRILL -> answer(order, Receipt.Stage.DONE, new Belongings(home).inventory(), List.of());
            }
        } catch (IOException e) {
            throw new WipeException("An order of your organisation could not be carried out.", e);
        }
    }

    /// The receipt is on disk before the number is noted: a stop in between obeys once more, which is harmless.
    private void answer(Order order, Receipt.Stage stage, List<String> destroyed, List<String> remaining)
            throws IdentityException, WipeException {
        Receipt receipt =
                new Receipt(order.id(), identity.enrolled().device(), stage, clock.instant(), destroyed, remaining);
        try {
            outbox.put(order.id(), receipt.sign(identity.statementKey()));
            identity.dealtWith(order.number());
        } catch (IOException | Signer.SigningException e) {
            throw new WipeException("A receipt for your organisation could not be made.", e);
        }
    }

    /// Leaves the receipts that wait. @throws X the post's own; what was left before stays left
    public <X extends Exception> void deliver(Post<X> post) throws X, WipeException, InterruptedException {
        try {
            for (ReceiptOutbox.Waiting waiting : outbox.waiting()) {
                post.leave(waiting.order(), waiting.receipt());
                outbox.delivered(waiting);
            }
        } catch (IOException e) {
            throw new WipeException("The receipts for your organisation cannot be read.", e);
        }
    }
}
