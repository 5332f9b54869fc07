package strongroom.vault.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.SealException;
import strongroom.vault.sync.Backoff;
import strongroom.vault.sync.OrderServer;
import strongroom.vault.sync.OrderSink;
import strongroom.vault.sync.ServerConnection;
import strongroom.vault.sync.SyncException;
import strongroom.vault.sync.tls.PinnedTls;
import strongroom.vault.wipe.Freeze;
import strongroom.vault.wipe.OrderInbox.Verdict;
import strongroom.vault.wipe.Orders;
import strongroom.vault.wipe.WipeException;
import strongroom.vault.wipe.WipedNotice;
import strongroom.vault.wipe.Wiper;

/// Asks for orders, has them judged, and carries a wipe through to its last receipt on a thread that nothing
/// interrupts. Safe for several threads.
final class OrderDesk implements OrderSink {
    private static final Logger LOG = LoggerFactory.getLogger(OrderDesk.class);
    private static final Duration HEARD = Duration.ofSeconds(1);

    private final Home home;
    private final DeviceIdentity identity;
    private final Wiper wiper;
    private final Orders orders;
    private final Surroundings surroundings;
    private final Clock clock;
    private final SecureRandom random;
    private @Nullable Thread wiping;

    /// What a wipe and a freeze concern beside the home.
    interface Surroundings {
        /// Tells the windows; returns at once.
        void tell(AgentEvent event);

        /// Waits until the windows have heard of a wipe.
        void awaitHeard(Duration atMost) throws InterruptedException;

        /// Ends synchronisation; no file of the store is held open afterwards.
        void stopSync();
    }

    OrderDesk(Home home, SealerSource sealers, Surroundings surroundings, Clock clock, SecureRandom random) {
        this.home = home;
        this.identity = new DeviceIdentity(home, sealers, random);
        this.wiper = new Wiper(home, sealers, clock, random);
        this.surroundings = surroundings;
        this.clock = clock;
        this.random = random;
        this.orders = new Orders(home, sealers, clock, random, new Orders.Carrier() {
            @Override
            public void wipe(Verdict.Obey order) {
                OrderDesk.this.wipe(order);
            }

            @Override
            public void frozen(Freeze freeze) {
                surroundings.tell(new AgentEvent.Frozen(freeze.orderedBy(), freeze.reason()));
            }

            @Override
            public void thawed() {
                surroundings.tell(new AgentEvent.Thawed());
            }
        });
    }

    /// Whether a wipe is under way or over.
    boolean wiped() {
        try {
            return wiping() || wiper.begun() || WipedNotice.of(home).isPresent();
        } catch (IOException e) {
            return wiper.begun();
        }
    }

    private synchronized boolean wiping() {
        return wiping != null;
    }

    /// Goes on with a wipe that an earlier run began.
    synchronized void resume() {
        if (wiping == null && wiper.begun()) {
            wiping = Thread.ofPlatform().name("wipe").start(this::finish);
        }
    }

    /// Goes on with a wipe that a window or the command line began in this home, by the rule for wrong PINs.
    synchronized void takeOver() {
        if (wiping == null && wiper.begun()) {
            wiping = Thread.ofPlatform().name("wipe").start(() -> {
                surroundings.stopSync();
                Thread.ofVirtual().name("first receipt").start(this::leaveReceipts);
                finish();
            });
        }
    }

    @Override
    public void check(OrderServer server) throws SyncException, InterruptedException {
        refuseIfWiped();
        try {
            synchronized (orders) {
                // Another thread may have handed in a wipe while this one waited for its turn.
                refuseIfWiped();
                OrderServer.Delivery delivery = server.orders(orders.last());
                orders.take(delivery.orders(), delivery.serverTime());
            }
            refuseIfWiped();
            deliverReceipts(server);
        } catch (IdentityException | WipeException e) {
            LOG.warn("orders could not be dealt with: {}", e.getMessage());
        }
    }

    /// A receipt that the server refuses (it was restored from a backup and does not know the order, say) is kept and
    /// offered again; it must not hold up everything that comes after the orders.
    private void deliverReceipts(OrderServer server) throws SyncException, WipeException, InterruptedException {
        try {
            orders.deliver(server::receipt);
        } catch (SyncException e) {
            if (e.why() != SyncException.Why.REFUSED) {
                throw e;
            }
            LOG.warn("the server refuses a receipt: {}", e.refusal());
        }
    }

    private void refuseIfWiped() throws InterruptedException {
        if (wiped()) {
            throw new InterruptedException("a wipe is under way");
        }
    }

    private synchronized void wipe(Verdict.Obey order) {
        if (wiping == null) {
            wiping = Thread.ofPlatform().name("wipe").start(() -> {
                begin(order);
                finish();
            });
        }
    }

    private void begin(Verdict.Obey order) {
        try {
            WipedNotice notice = wiper.begin(order);
            surroundings.tell(new AgentEvent.WipeStarted(notice));
            Thread.ofVirtual().name("first receipt").start(this::leaveReceipts);
            wiper.destroyKeys(order);
            surroundings.awaitHeard(HEARD);
        } catch (IOException e) {
            LOG.warn("the wipe goes on in spite of: {}", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            LOG.warn("nothing interrupts a wipe");
        }
        surroundings.stopSync();
    }

    private void finish() {
        Backoff backoff = new Backoff(random);
        while (wiper.begun()) {
            try {
                if (!wiper.resume()) {
                    return;
                }
                WipedNotice.of(home).map(AgentEvent.Wiped::new).ifPresent(surroundings::tell);
                if (leaveReceipts()) {
                    wiper.delivered();
                    WipedNotice.of(home).map(AgentEvent.Wiped::new).ifPresent(surroundings::tell);
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
            } catch (IOException e) {
                LOG.warn("the wipe is tried again after: {}", e.getClass().getSimpleName());
                pause();
            } catch (InterruptedException e) {
                LOG.warn("nothing interrupts a wipe");
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            LOG.warn("nothing interrupts a wipe");
        }
    }

    /// @return whether the server has the last receipt
    private boolean leaveReceipts() {
        try {
            Optional<Wiper.Receipts> receipts = wiper.receipts();
            if (receipts.isEmpty()
                    || receipts.get().statement() == null
                            && receipts.get().signed().isEmpty()) {
                return false;
            }
            PinnedTls tls = PinnedTls.forDevice(identity.enrolled(), identity.tlsKey(), clock, random);
            try (ServerConnection server = new ServerConnection(tls)) {
                leave(receipts.get(), server);
            }
            return receipts.get().last();
        } catch (SyncException | IdentityException | SealException | MalformedException | IOException e) {
            LOG.info("receipts wait: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    private static void leave(Wiper.Receipts receipts, OrderServer server) throws SyncException {
        if (receipts.statement() != null) {
            server.selfDestruction(
                    receipts.statement(), receipts.last() ? receipts.signed().getLast() : null);
            return;
        }
        for (Signed receipt : receipts.signed()) {
            server.receipt(receipts.order(), receipt);
        }
    }
}
