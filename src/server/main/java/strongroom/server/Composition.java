package strongroom.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Organisation;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.audit.Audit;
import strongroom.server.db.Database;
import strongroom.server.device.CertificateAuthority;
import strongroom.server.device.Certificates;
import strongroom.server.device.Devices;
import strongroom.server.device.Enrolment;
import strongroom.server.device.Grants;
import strongroom.server.events.EventHub;
import strongroom.server.http.Access;
import strongroom.server.http.Listener;
import strongroom.server.http.PolicyRoutes;
import strongroom.server.http.PostureRoutes;
import strongroom.server.http.RecoveryRoutes;
import strongroom.server.http.Routes;
import strongroom.server.http.ShareRoutes;
import strongroom.server.orders.Orders;
import strongroom.server.orders.Receipts;
import strongroom.server.orders.SelfDestructions;
import strongroom.server.people.Administrators;
import strongroom.server.people.Codes;
import strongroom.server.policy.Policies;
import strongroom.server.posture.Postures;
import strongroom.server.posture.TpmProofs;
import strongroom.server.posture.TrustedIssuers;
import strongroom.server.recovery.RecoveryGrants;
import strongroom.server.recovery.RecoveryKeys;
import strongroom.server.share.Evaluations;
import strongroom.server.share.Exposure;
import strongroom.server.share.LeaseKey;
import strongroom.server.share.Leases;
import strongroom.server.share.ShareKeys;
import strongroom.server.vaults.ChunkFolder;
import strongroom.server.vaults.Chunks;
import strongroom.server.vaults.CommitLog;
import strongroom.server.vaults.Vaults;

/// Builds the parts in the order of their dependencies and closes them in reverse. Holds no rules.
final class Composition implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Composition.class);
    /// Under the idle time after which proxies commonly close a connection.
    private static final int HEARTBEAT_SECONDS = 25;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicInteger devicePort = new AtomicInteger();
    private final AtomicInteger adminPort = new AtomicInteger();

    private Composition() {}

    static Composition start(ServerHome home, int devicePort, int adminPort, Clock clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        Composition composition = new Composition();
        try {
            composition.build(home, devicePort, adminPort, clock, random);
            return composition;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            composition.close();
            throw e;
        }
    }

    int devicePort() {
        return devicePort.get();
    }

    int adminPort() {
        return adminPort.get();
    }

    private void build(ServerHome home, int wantedDevicePort, int wantedAdminPort, Clock clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        ServerConfig config = ServerConfig.read(home.config());
        Organisation organisation = organisation(home.organisation());
        CertificateAuthority authority = ServerKeys.authority(home, clock, random);
        Listener.Identity identity = ServerKeys.identity(home, authority, config.hosts(), clock);
        LeaseKey lessor = ServerKeys.lessor(home, random);
        Database database = opened(Database.open(home.database()));
        ChunkFolder folder =
                ChunkFolder.open(home.chunks(), () -> home.chunks().toFile().getUsableSpace());

        EventHub events = new EventHub();
        Audit audit = new Audit(clock);
        Devices devices = new Devices(database, clock);
        Administrators administrators = new Administrators(organisation, database, clock);
        Codes codes = new Codes(database, audit, clock);
        Policies policies = new Policies(organisation, database, events, audit, clock);
        Grants grants = new Grants(database, events, audit);
        TrustedIssuers issuers = new TrustedIssuers(home.endorsementIssuers());
        Routes routes = new Routes(
                organisation,
                codes,
                new Enrolment(organisation, authority, database, events, devicePort::get, clock, random),
                devices,
                new Certificates(authority, database, clock),
                grants,
                new Vaults(database, events, clock),
                new CommitLog(database, events, clock),
                new Chunks(database, folder, clock),
                new Orders(organisation, database, events, audit, clock),
                new Receipts(database, events, clock),
                new SelfDestructions(database, events, audit, clock),
                new PolicyRoutes(policies, codes),
                new ShareRoutes(
                        new ShareKeys(database, lessor.verifyingKey(), random),
                        new Evaluations(database, clock, random),
                        new Leases(database, policies, lessor, clock),
                        new Exposure(database)),
                new RecoveryRoutes(
                        new RecoveryKeys(organisation, database, audit, clock),
                        new RecoveryGrants(database, audit, clock),
                        grants),
                new PostureRoutes(
                        new Postures(database, issuers, clock), new TpmProofs(database, issuers, clock, random)));

        Listener forDevices = opened(
                Listener.start(Access.Port.DEVICES, wantedDevicePort, identity, routes, administrators, events, clock));
        // Before the other port opens: enrolment tells it to new devices.
        devicePort.set(forDevices.port());
        Listener forAdministrators = opened(Listener.start(
                Access.Port.ADMINISTRATORS, wantedAdminPort, identity, routes, administrators, events, clock));
        adminPort.set(forAdministrators.port());

        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("heartbeat").factory());
        parts.push(heart::shutdownNow);
        ScheduledFuture<?> beat =
                heart.scheduleAtFixedRate(events::heartbeat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        parts.push(() -> beat.cancel(false));
        parts.push(events::endAll);
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // The others must be closed all the same.
                LOG.error("a part did not close", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private static Organisation organisation(Path file) throws IOException {
        try {
            Organisation organisation = Organisation.of(Files.readAllBytes(file));
            organisation.pins();
            return organisation;
        } catch (MalformedException e) {
            throw new IOException(file + " is not an organisation", e);
        }
    }
}
