package strongroom.vault.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.Evaluation;
import strongroom.protocol.share.ShareKey;
import strongroom.vault.agent.AgentException.Why;
import strongroom.vault.agent.AgentStatus.Standing;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.DeviceKeys;
import strongroom.vault.identity.Enrolment;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.sync.Announcement;
import strongroom.vault.sync.ShareServer;
import strongroom.vault.sync.SyncEngine;
import strongroom.vault.sync.SyncException;
import strongroom.vault.sync.SyncServer;
import strongroom.vault.sync.SyncStatus;
import strongroom.vault.wipe.Freeze;
import strongroom.vault.wipe.WipedNotice;

/// The agent of one home: answers the windows, keeps synchronisation and orders going, ends when the home is gone.
/// Whoever makes one holds the agent's lock. Safe for several threads.
final class Agent implements AutoCloseable, SocketServer.Desk, SyncEngine.Listener, OrderDesk.Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    /// What is answered in a wiped home, too.
    private static final Set<Operation> ALWAYS =
            EnumSet.of(Operation.STATUS, Operation.RESUME_WIPE, Operation.SHUTDOWN);

    private static final Duration WATCH = Duration.ofSeconds(2);
    /// How long an agent of a wiped home stays for windows that still want to ask.
    private static final Duration LINGER = Duration.ofSeconds(20);

    private final Home home;
    private final DeviceIdentity identity;
    private final Enrolling enrolling;
    private final OrderDesk orders;
    private final PolicyDesk policies;
    private final ShareDesk shares;
    private final PostureDesk posture;
    private final DeviceSync sync;
    private final SocketServer socket;
    private final CountDownLatch over = new CountDownLatch(1);

    Agent(Home home, SealerSource sealers, ExchangeSource stores, Clock clock, SecureRandom random) throws IOException {
        this.home = home;
        this.identity = new DeviceIdentity(home, sealers, random);
        this.enrolling = new Enrolling(identity, clock, random);
        this.socket = new SocketServer(LocalSocket.of(home), this);
        this.orders = new OrderDesk(home, sealers, this, clock, random);
        this.policies = new PolicyDesk(home, identity, clock);
        this.shares = new ShareDesk(home, identity, sealers, clock);
        this.posture = new PostureDesk(home, identity, clock);
        this.sync = new DeviceSync(home, identity, stores, orders, this, clock, random);
    }

    /// Works until it is told to end, or the home is gone.
    void run() throws InterruptedException {
        // A wipe that was begun goes before everything else, the windows included.
        orders.resume();
        socket.start();
        if (!orders.wiped()) {
            sync.start();
        }
        long aloneSince = System.nanoTime();
        while (!over.await(WATCH.toNanos(), TimeUnit.NANOSECONDS)) {
            if (!Files.isDirectory(home.folder())) {
                LOG.info("the home is gone; so is its agent");
                return;
            }
            if (socket.hasPeers() || !settled()) {
                aloneSince = System.nanoTime();
            } else if (System.nanoTime() - aloneSince > LINGER.toNanos()) {
                return;
            }
        }
    }

    /// Nothing is left to do in this home, ever.
    private boolean settled() {
        try {
            return !Files.exists(home.wipeJournal()) && WipedNotice.of(home).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public byte[] answer(Operation operation, CanonicalReader question)
            throws AgentException, MalformedException, InterruptedException {
        try {
            CanonicalWriter out = new CanonicalWriter();
            if (orders.wiped() && !ALWAYS.contains(operation)) {
                throw new AgentException(
                        Why.WIPED, "This device was wiped, by an order or a rule of your organisation.");
            }
            switch (operation) {
                case STATUS -> Messages.write(out, status());
                case SYNC -> {
                    // Whoever asks wants what the server has now, rules included.
                    policies.due();
                    Messages.write(out, new AgentStatus(standing(), sync.syncNow()));
                }
                case CHANGED -> sync.changed();
                case INSPECT -> inspect(question, out);
                case PREPARE -> prepare(question, out);
                case COMPLETE -> complete(question, out);
                case DEVICES ->
                    out.bytes(strongroom.protocol.DeviceRecord.toByteArray(
                            sync.server().devices()));
                case PUT_GRANT -> sync.server().putGrant(Id.read(question), Signed.read(question));
                case GRANT -> write(out, sync.server().grant());
                case CREATE_VAULT -> {
                    new Announcement(Id.read(question), Signed.read(question)).to(sync.server());
                    sync.changed();
                }
                case RECOVERY -> {
                    write(out, sync.server().recoveryKey());
                    write(out, sync.server().recoveryGrant());
                }
                case PUT_RECOVERY_GRANT -> sync.server().putRecoveryGrant(Signed.read(question));
                case IDENTITY -> identity(out);
                case REGISTER_SHARE ->
                    sync.server()
                            .registerShare(Id.read(question), VerifyingKey.read(question))
                            .write(out);
                case EVALUATE_SHARE -> evaluate(question, out);
                case CONFIRM_SHARE -> shares.confirm(Id.read(question), Signed.read(question), sync.server());
                case LOCK_WINDOW -> socket.broadcast(new AgentEvent.LockAsked());
                case RESUME_WIPE -> orders.takeOver();
                case SHUTDOWN -> over.countDown();
                case WIPE_HEARD -> throw new MalformedException("not a question");
            }
            question.end();
            return out.toByteArray();
        } catch (SyncException e) {
            throw Refusals.of(e);
        } catch (IdentityException e) {
            throw Refusals.of(e);
        }
    }

    private void inspect(CanonicalReader question, CanonicalWriter out) throws AgentException, MalformedException {
        Inspection inspection = enrolling.inspect(Messages.server(question), Digest.read(question));
        out.bytes(inspection.organisation().toByteArray())
                .bytes(inspection.code().toByteArray())
                .bool(inspection.pinPolicy() != null);
        if (inspection.pinPolicy() != null) {
            out.bytes(inspection.pinPolicy().toByteArray());
        }
    }

    private void prepare(CanonicalReader question, CanonicalWriter out) throws AgentException, MalformedException {
        DeviceKeys keys = enrolling.prepare(Messages.server(question));
        out.bytes(keys.signingRequest());
        keys.statementKey().write(out);
        out.uint8(keys.sealedBy().code());
        write(out, Optional.ofNullable(keys.earlierRequest()));
    }

    private void complete(CanonicalReader question, CanonicalWriter out) throws AgentException, MalformedException {
        java.net.URI server = Messages.server(question);
        Organisation organisation = Messages.organisation(question);
        var reply = enrolling.complete(server, organisation, Digest.read(question), Signed.read(question));
        sync.start();
        out.bytes(reply.toByteArray());
    }

    private void identity(CanonicalWriter out) throws IdentityException {
        Optional<Enrolment> enrolment = identity.enrolment();
        out.bool(enrolment.isPresent());
        if (enrolment.isPresent()) {
            Enrolment who = enrolment.get();
            out.text(who.server().toString()).bytes(who.organisation().toByteArray());
            who.device().write(out);
            who.person().write(out);
        }
    }

    private void evaluate(CanonicalReader question, CanonicalWriter out)
            throws AgentException, MalformedException, SyncException {
        switch (sync.server().evaluateShare(Id.read(question), question.fixed(ShareKey.POINT))) {
            case ShareServer.Answer.Evaluated(Evaluation evaluation) ->
                out.bool(true).bytes(evaluation.toByteArray());
            case ShareServer.Answer.Paused(Duration pause) -> out.bool(false).int64(pause.toMillis());
        }
    }

    private static void write(CanonicalWriter out, Optional<Signed> signed) {
        out.bool(signed.isPresent());
        signed.ifPresent(statement -> statement.write(out));
    }

    private AgentStatus status() {
        return new AgentStatus(standing(), sync.status());
    }

    private Standing standing() {
        try {
            if (orders.wiped()) {
                return WipedNotice.of(home).isPresent() ? Standing.WIPED : Standing.WIPING;
            }
            if (Freeze.of(home).isPresent()) {
                return Standing.FROZEN;
            }
            return identity.enrolment().isPresent() ? Standing.ACTIVE : Standing.NOT_ENROLLED;
        } catch (IOException | IdentityException e) {
            LOG.warn(
                    "the standing of this device cannot be read: {}",
                    e.getClass().getSimpleName());
            return Standing.ACTIVE;
        }
    }

    @Override
    public void status(SyncStatus next) {
        socket.broadcast(new AgentEvent.SyncChanged(new AgentStatus(standing(), next)));
    }

    @Override
    public void inbox(Id vault) {
        socket.broadcast(new AgentEvent.InboxChanged(vault));
    }

    @Override
    public void devices() {
        socket.broadcast(new AgentEvent.DevicesChanged());
    }

    @Override
    public void policy() {
        policies.due();
        shares.due();
    }

    @Override
    public void contact(SyncServer server) {
        policies.check(server);
        shares.check(server);
        posture.check(server);
    }

    @Override
    public void tell(AgentEvent event) {
        socket.broadcast(event);
    }

    @Override
    public void awaitHeard(Duration atMost) throws InterruptedException {
        socket.awaitHeard(atMost);
    }

    @Override
    public void stopSync() {
        sync.close();
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable part : List.of(sync, socket)) {
            try {
                part.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
