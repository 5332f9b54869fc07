package strongroom.vault.agent;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.agent.AgentException.Why;
import strongroom.vault.agent.Renewals.Outcome;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.Enrolment;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.seal.SealException;
import strongroom.vault.sync.OrderSink;
import strongroom.vault.sync.ServerLink;
import strongroom.vault.sync.SyncEngine;
import strongroom.vault.sync.SyncServer;
import strongroom.vault.sync.SyncStatus;
import strongroom.vault.sync.tls.PinnedTls;

/// Keeps one engine running for an enrolled device: begins it when there is an identity, tries again while the
/// machine does not open the device's key, begins it anew with newer pins or a newer certificate. Safe for several
/// threads.
final class DeviceSync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSync.class);
    private static final Duration KEY_RETRY = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofHours(12);
    /// A laptop that is on for an hour a day must not miss its hour.
    private static final Duration RENEWAL_RETRY = Duration.ofMinutes(5);

    private final Home home;
    private final DeviceIdentity identity;
    private final ExchangeSource stores;
    private final OrderSink orders;
    private final SyncEngine.Listener listener;
    private final Renewals renewals;
    private final Clock clock;
    private final SecureRandom random;

    private @Nullable SyncEngine engine;
    private @Nullable LazyExchange exchange;
    private @Nullable Thread keeper;
    private boolean closed;
    private volatile SyncStatus waiting = new SyncStatus.Unknown();

    DeviceSync(
            Home home,
            DeviceIdentity identity,
            ExchangeSource stores,
            OrderSink orders,
            SyncEngine.Listener listener,
            Clock clock,
            SecureRandom random) {
        this.home = home;
        this.identity = identity;
        this.stores = stores;
        this.orders = orders;
        this.listener = listener;
        this.renewals = new Renewals(identity, clock, random);
        this.clock = clock;
        this.random = random;
    }

    /// Begins, if this device has enrolled; does nothing if it runs or was closed.
    synchronized void start() {
        if (closed || keeper != null || !enrolled()) {
            return;
        }
        keeper = Thread.ofVirtual().name("device sync").start(this::keep);
        awaitFirst();
    }

    private boolean enrolled() {
        try {
            return identity.enrolment().isPresent();
        } catch (IdentityException e) {
            waiting = new SyncStatus.Offline(0, false, String.valueOf(e.getMessage()));
            LOG.warn("the identity cannot be used: {}", e.why());
            return false;
        }
    }

    /// A moment, so that who enrolled finds an engine when the next call comes.
    private void awaitFirst() {
        try {
            long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (engine == null && waiting instanceof SyncStatus.Unknown && System.nanoTime() - until < 0) {
                TimeUnit.MILLISECONDS.timedWait(this, 100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        try {
            beginAtLast();
            while (true) {
                Set<Outcome> outcomes = EnumSet.of(certificate(), renewals.pins());
                if (outcomes.contains(Outcome.RENEWED)) {
                    end();
                    beginAtLast();
                }
                Duration pause = outcomes.contains(Outcome.POSTPONED) ? RENEWAL_RETRY : RENEWAL;
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("device sync ends");
        }
    }

    private void beginAtLast() throws InterruptedException {
        while (!begin()) {
            TimeUnit.NANOSECONDS.sleep(KEY_RETRY.toNanos());
        }
    }

    private Outcome certificate() {
        SyncEngine running = running();
        return running == null ? Outcome.POSTPONED : renewals.certificate(running.server()::renewCertificate);
    }

    /// @return whether an engine runs
    private boolean begin() {
        try {
            Enrolment enrolment = identity.enrolled();
            PinnedTls tls = PinnedTls.forDevice(enrolment, identity.tlsKey(), clock, random);
            synchronized (this) {
                if (closed) {
                    return true;
                }
                LazyExchange store = new LazyExchange(stores, home);
                SyncEngine begun = new SyncEngine(new ServerLink(tls), store, orders, listener, clock, random);
                exchange = store;
                engine = begun;
                notifyAll();
                begun.start();
            }
            return true;
        } catch (IdentityException | SealException | MalformedException e) {
            LOG.warn("the device's key cannot be used: {}", e.getClass().getSimpleName());
            synchronized (this) {
                waiting = new SyncStatus.Offline(0, false, String.valueOf(e.getMessage()));
                notifyAll();
            }
            listener.status(waiting);
            return false;
        }
    }

    synchronized SyncStatus status() {
        SyncEngine running = engine;
        return running == null ? waiting : running.status();
    }

    SyncStatus syncNow() throws InterruptedException {
        SyncEngine running = running();
        return running == null ? waiting : running.syncNow();
    }

    void changed() {
        SyncEngine running = running();
        if (running != null) {
            running.changed();
        }
    }

    /// The connection; one that is just being begun is waited for a moment.
    ///
    /// @throws AgentException if this device has not enrolled, or its key does not open
    SyncServer server() throws AgentException {
        SyncEngine running = begun();
        if (running != null) {
            return running.server();
        }
        throw waiting instanceof SyncStatus.Offline offline
                ? new AgentException(Why.SEAL_BROKEN, offline.why())
                : new AgentException(Why.NOT_ENROLLED, "This device has not enrolled with an organisation yet.");
    }

    private synchronized @Nullable SyncEngine begun() {
        if (engine == null && !closed && enrolled()) {
            start();
            awaitFirst();
        }
        return engine;
    }

    private synchronized @Nullable SyncEngine running() {
        return engine;
    }

    private synchronized void end() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
        if (exchange != null) {
            exchange.close();
            exchange = null;
        }
    }

    /// Ends for good; the store's files are not held open afterwards.
    @Override
    public synchronized void close() {
        closed = true;
        end();
        if (keeper != null) {
            keeper.interrupt();
        }
    }
}
