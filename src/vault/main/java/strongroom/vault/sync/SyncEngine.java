package strongroom.vault.sync;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.StoreException;

/// Keeps this device and the server alike: at each contact, and at least every five minutes, asks for orders before
/// anything else, then moves ciphertext. Orders have a thread of their own, so that one is obeyed at once also while
/// gigabytes are on their way. Safe for several threads; listeners are called on its own threads.
public final class SyncEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);
    private static final Duration POLL = Duration.ofMinutes(5);

    private final Link link;
    private final SyncServer server;
    private final Exchange exchange;
    private final OrderSink orders;
    private final Listener listener;
    private final Clock clock;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread rounds;
    private final Thread asking;
    private final Thread listening;
    private long asked;
    private long ordersAsked;
    private long served;
    private boolean closed;
    private SyncStatus status = new SyncStatus.Unknown();

    /// How the server is reached.
    public interface Link {
        /// A connection that the engine closes.
        SyncServer connect();

        /// Listens to events until they end; always throws.
        void listen(EventStream.Listener listener) throws SyncException, InterruptedException;
    }

    /// Hears what the engine notices.
    public interface Listener {
        /// A new status.
        void status(SyncStatus status);

        /// There is something for the window in the store's inbox.
        void inbox(Id vault);

        /// The person's devices, or a grant for this one, changed.
        void devices();

        /// There is a new policy of unlocking.
        void policy();

        /// A contact is under way, and its orders are dealt with: the time for what else the server is asked.
        void contact(SyncServer server);
    }

    /// Does nothing until {@link #start}.
    public SyncEngine(
            Link link, Exchange exchange, OrderSink orders, Listener listener, Clock clock, RandomGenerator random) {
        this.link = link;
        this.server = link.connect();
        this.exchange = exchange;
        this.orders = orders;
        this.listener = listener;
        this.clock = clock;
        this.random = random;
        this.rounds = Thread.ofVirtual().name("sync").unstarted(this::contacts);
        this.asking = Thread.ofVirtual().name("orders").unstarted(this::askForOrders);
        this.listening = Thread.ofVirtual().name("events").unstarted(this::listen);
    }

    /// Begins.
    public void start() {
        ask(true);
        rounds.start();
        asking.start();
        listening.start();
    }

    /// The connection, for calls besides synchronisation.
    public SyncServer server() {
        return server;
    }

    /// Where things stand.
    public SyncStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /// Something changed here: a contact follows soon.
    public void changed() {
        ask(false);
    }

    /// Waits until a contact that begins after this call has ended, well or not.
    ///
    /// @return how it ended; the status so far if the engine was closed meanwhile
    public SyncStatus syncNow() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long mine = ask(true);
            while (served < mine && !closed) {
                changed.await();
            }
            return status;
        } finally {
            lock.unlock();
        }
    }

    private long ask(boolean ordersToo) {
        lock.lock();
        try {
            asked++;
            if (ordersToo) {
                ordersAsked++;
            }
            changed.signalAll();
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void contacts() {
        Backoff backoff = new Backoff(random);
        try {
            long begun = 0;
            while (true) {
                begun = awaitAsked(begun, POLL);
                boolean well = contact();
                lock.lock();
                try {
                    served = begun;
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
                if (well) {
                    backoff.reset();
                } else if (!awaitAskedAnew(begun, backoff.next())) {
                    ask(false);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("sync ends");
        }
    }

    /// @return the number of the newest wish, when there is a newer one than `seen` or the time is over
    private long awaitAsked(long seen, Duration atMost) throws InterruptedException {
        awaitAskedAnew(seen, atMost);
        lock.lockInterruptibly();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitAskedAnew(long seen, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (asked == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return asked != seen;
        } finally {
            lock.unlock();
        }
    }

    private boolean contact() throws InterruptedException {
        try {
            orders.check(server);
            listener.contact(server);
            publish(new SyncStatus.Syncing(0, 0));
            ChunkTransfer chunks = new ChunkTransfer(
                    server,
                    exchange,
                    (up, down) -> publish(new SyncStatus.Syncing(Math.max(up, 0), Math.max(down, 0))));
            new SyncRound(server, exchange, chunks, listener::inbox).run();
            int pending = exchange.pendingCommits();
            publish(
                    pending == 0
                            ? new SyncStatus.UpToDate(clock.instant())
                            : new SyncStatus.Offline(
                                    pending, false, "Changes made here wait until the vault is opened again."));
            return true;
        } catch (SyncException e) {
            publish(ended(e));
            return false;
        } catch (StoreException e) {
            boolean contradiction = e.why() == StoreException.Why.CONTRADICTION;
            LOG.warn("sync stopped by the store: {}", e.why());
            publish(
                    contradiction
                            ? new SyncStatus.Denied(true, String.valueOf(e.getMessage()))
                            : new SyncStatus.Offline(pending(), false, String.valueOf(e.getMessage())));
            return false;
        }
    }

    private SyncStatus ended(SyncException e) {
        String why = String.valueOf(e.getMessage());
        LOG.info("contact ended: {}", e.why());
        return switch (e.why()) {
            case OFFLINE, REFUSED, STORE -> new SyncStatus.Offline(pending(), false, why);
            case DEVICE_REFUSED -> new SyncStatus.Offline(pending(), true, why);
            case CHANNEL_DENIED -> new SyncStatus.Denied(false, why);
            case CONTRADICTS -> new SyncStatus.Denied(true, why);
        };
    }

    private int pending() {
        try {
            return exchange.pendingCommits();
        } catch (StoreException e) {
            return 0;
        }
    }

    private void publish(SyncStatus next) {
        lock.lock();
        try {
            if (closed || status.equals(next)) {
                return;
            }
            status = next;
        } finally {
            lock.unlock();
        }
        listener.status(next);
    }

    /// Orders, whatever the data is doing.
    private void askForOrders() {
        try {
            long seen = 0;
            while (true) {
                lock.lockInterruptibly();
                try {
                    long left = POLL.toNanos();
                    while (ordersAsked == seen && left > 0) {
                        left = changed.awaitNanos(left);
                    }
                    seen = ordersAsked;
                } finally {
                    lock.unlock();
                }
                try {
                    orders.check(server);
                } catch (SyncException e) {
                    LOG.debug("orders could not be asked for: {}", e.why());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("asking for orders ends");
        }
    }

    private void listen() {
        Backoff backoff = new Backoff(random);
        EventStream.Listener hints = new EventStream.Listener() {
            @Override
            public void open() {
                backoff.reset();
                ask(true);
            }

            @Override
            public void event(String name, String data) {
                switch (name) {
                    case strongroom.protocol.Wire.EVENT_ORDER -> ask(true);
                    case strongroom.protocol.Wire.EVENT_DEVICES -> {
                        listener.devices();
                        ask(false);
                    }
                    case strongroom.protocol.Wire.EVENT_POLICY -> {
                        listener.policy();
                        ask(false);
                    }
                    default -> ask(false);
                }
            }
        };
        try {
            while (true) {
                try {
                    link.listen(hints);
                } catch (SyncException e) {
                    LOG.debug("events ended: {}", e.why());
                }
                TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
                ask(true);
            }
        } catch (InterruptedException e) {
            LOG.debug("listening ends");
        }
    }

    /// Breaks off what is under way; it can be taken up again by another engine. Does not wait.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        rounds.interrupt();
        asking.interrupt();
        listening.interrupt();
        server.close();
    }
}
