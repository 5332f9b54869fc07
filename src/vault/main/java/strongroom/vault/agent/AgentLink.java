package strongroom.vault.agent;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.CodeStatus;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.protocol.share.Evaluation;
import strongroom.protocol.share.ShareKey;
import strongroom.vault.agent.AgentException.Why;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceKeys;
import strongroom.vault.seal.SealKind;
import strongroom.vault.sync.ShareServer;

/// The window's and the command line's connection to the agent of a home. It comes back by itself when the agent
/// was ended and starts it anew; calls made meanwhile fail with `AGENT_MISSING`. Safe for several threads; calls
/// block, an interrupted one ends with the thread's interrupt flag set. Listeners are called one event after the
/// other on a thread of the link and must not call back.
public final class AgentLink implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Home home;
    private final String tpmAddress;
    private final List<Consumer<AgentEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService events = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("agent events").factory());
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable Conversation conversation;
    private volatile boolean closed;
    private volatile boolean wiped;
    private volatile boolean closedOnLoss;

    private AgentLink(Home home, String tpmAddress) {
        this.home = home;
        this.tpmAddress = tpmAddress;
    }

    /// Connects to the agent of a home; starts one if there is none, and waits until it answers.
    ///
    /// @param tpmAddress as on the command line; `auto` to leave it to the agent
    /// @throws AgentException `AGENT_MISSING` if none could be started
    public static AgentLink connectOrStart(Home home, String tpmAddress) throws AgentException {
        AgentLink link = new AgentLink(home, tpmAddress);
        link.attach(link.reach(true));
        return link;
    }

    /// Connects to an agent that runs. @return empty if none does
    public static Optional<AgentLink> connect(Home home) {
        AgentLink link = new AgentLink(home, "");
        link.closedOnLoss = true;
        try {
            link.attach(link.reach(false));
            return Optional.of(link);
        } catch (AgentException e) {
            link.close();
            return Optional.empty();
        }
    }

    /// Where the device stands.
    public AgentStatus status() throws AgentException {
        return ask(Operation.STATUS, new CanonicalWriter(), Messages::status);
    }

    /// Has the agent synchronise now, and waits until it has, or cannot.
    public AgentStatus syncNow() throws AgentException {
        return ask(Operation.SYNC, new CanonicalWriter(), Messages::status);
    }

    /// Says that the outbox changed; does not wait for anything to be sent.
    public void changed() throws AgentException {
        ask(Operation.CHANGED, new CanonicalWriter(), AgentLink::nothing);
    }

    /// Asks a server for its organisation and for a code.
    ///
    /// @param code fingerprint of the code's key
    /// @throws AgentException `CODE_WRONG`, `CODE_EXPIRED`, `OFFLINE`, `CHANNEL_DENIED`
    public Inspection inspect(URI server, Digest code) throws AgentException {
        CanonicalWriter out = new CanonicalWriter().text(server.toString());
        code.write(out);
        return ask(
                Operation.INSPECT,
                out,
                in -> new Inspection(
                        Messages.organisation(in),
                        CodeStatus.of(in.bytes(Messages.BODY_LIMIT)),
                        in.bool() ? SignedPolicy.of(in.bytes(Messages.BODY_LIMIT)) : null));
    }

    /// Makes the device's keys, or finds those made before.
    public DeviceKeys prepareEnrolment(URI server) throws AgentException {
        return ask(
                Operation.PREPARE,
                new CanonicalWriter().text(server.toString()),
                in -> new DeviceKeys(
                        in.bytes(Messages.BODY_LIMIT),
                        VerifyingKey.read(in),
                        SealKind.read(in),
                        in.bool() ? Signed.read(in) : null));
    }

    /// Sends the request and keeps what comes back. Repeating it with the very same bytes is safe at any time.
    ///
    /// @param organisation as inspected, its root compared with the code's by the caller
    /// @param code fingerprint of the code's key
    public EnrolmentReply completeEnrolment(URI server, Organisation organisation, Digest code, Signed request)
            throws AgentException {
        CanonicalWriter out = new CanonicalWriter().text(server.toString()).bytes(organisation.toByteArray());
        code.write(out);
        request.write(out);
        return ask(Operation.COMPLETE, out, in -> EnrolmentReply.of(in.bytes(Messages.BODY_LIMIT)));
    }

    /// The person's devices as the server lists them; each proof is for the caller to check.
    public List<DeviceRecord> devices() throws AgentException {
        return ask(Operation.DEVICES, new CanonicalWriter(), in -> DeviceRecord.listOf(in.bytes(Messages.BODY_LIMIT)));
    }

    /// Leaves the person's keys for another device.
    public void putGrant(Id device, Signed grant) throws AgentException {
        CanonicalWriter out = new CanonicalWriter();
        device.write(out);
        grant.write(out);
        ask(Operation.PUT_GRANT, out, AgentLink::nothing);
    }

    /// The person's keys for this device, if another one left them.
    public Optional<Signed> grant() throws AgentException {
        return ask(Operation.GRANT, new CanonicalWriter(), AgentLink::optional);
    }

    /// Makes a vault at the server. @param key the vault key wrapped to its first member, signed
    public void createVault(Id vault, Signed key) throws AgentException {
        CanonicalWriter out = new CanonicalWriter();
        vault.write(out);
        key.write(out);
        ask(Operation.CREATE_VAULT, out, AgentLink::nothing);
    }

    /// What the server has for recovery.
    public RecoveryOffer recovery() throws AgentException {
        return ask(Operation.RECOVERY, new CanonicalWriter(), in -> new RecoveryOffer(optional(in), optional(in)));
    }

    /// Leaves the person's keys, sealed to the organisation's recovery key.
    public void putRecoveryGrant(Signed grant) throws AgentException {
        CanonicalWriter out = new CanonicalWriter();
        grant.write(out);
        ask(Operation.PUT_RECOVERY_GRANT, out, AgentLink::nothing);
    }

    private static Optional<Signed> optional(CanonicalReader in) throws MalformedException {
        return in.bool() ? Optional.of(Signed.read(in)) : Optional.empty();
    }

    /// Who this device is; empty before enrolment.
    public Optional<AgentIdentity> identity() throws AgentException {
        return ask(
                Operation.IDENTITY,
                new CanonicalWriter(),
                in -> in.bool()
                        ? Optional.of(new AgentIdentity(
                                Messages.server(in), Messages.organisation(in), Id.read(in), Id.read(in)))
                        : Optional.empty());
    }

    /// Has the server make a key for a slot. @param confirmation checks the confirmations of the slot
    public ShareKey registerShare(Id slot, VerifyingKey confirmation) throws AgentException {
        CanonicalWriter out = new CanonicalWriter();
        slot.write(out);
        confirmation.write(out);
        return ask(Operation.REGISTER_SHARE, out, ShareKey::read);
    }

    /// Has the server evaluate a blinded PIN. @param element {@link ShareKey#POINT} bytes
    public ShareServer.Answer evaluateShare(Id slot, byte[] element) throws AgentException {
        CanonicalWriter out = new CanonicalWriter();
        slot.write(out);
        out.fixed(element);
        return ask(
                Operation.EVALUATE_SHARE,
                out,
                in -> in.bool()
                        ? new ShareServer.Answer.Evaluated(Evaluation.of(in.bytes(Messages.BODY_LIMIT)))
                        : new ShareServer.Answer.Paused(Duration.ofMillis(in.int64())));
    }

    /// Has the agent tell the server that a slot opened, and renew the lease; does not wait for the server.
    public void confirmShare(Id slot, Signed confirmation) throws AgentException {
        CanonicalWriter out = new CanonicalWriter();
        slot.write(out);
        confirmation.write(out);
        ask(Operation.CONFIRM_SHARE, out, AgentLink::nothing);
    }

    /// Asks whoever has the vault open to lock: the agent passes it on to every other connection.
    public void lockWindow() throws AgentException {
        ask(Operation.LOCK_WINDOW, new CanonicalWriter(), AgentLink::nothing);
    }

    /// Has the agent go on with a wipe that this program began; does not wait for it.
    public void resumeWipe() throws AgentException {
        ask(Operation.RESUME_WIPE, new CanonicalWriter(), AgentLink::nothing);
    }

    /// Ends the agent.
    public void shutdown() throws AgentException {
        closedOnLoss = true;
        ask(Operation.SHUTDOWN, new CanonicalWriter(), AgentLink::nothing);
    }

    /// Called with every event from now on, until the result is closed.
    public AutoCloseable onEvent(Consumer<AgentEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private static boolean nothing(CanonicalReader in) {
        return true;
    }

    private interface Form<T> {
        T read(CanonicalReader in) throws MalformedException;
    }

    private <T> T ask(Operation operation, CanonicalWriter body, Form<T> form) throws AgentException {
        Conversation open = conversation;
        if (open == null) {
            throw missing(null);
        }
        try {
            CanonicalReader in =
                    new CanonicalReader(open.ask(numbers.incrementAndGet(), operation, body.toByteArray()));
            T answer = form.read(in);
            in.end();
            return answer;
        } catch (MalformedException e) {
            throw new AgentException(
                    Why.AGENT_MISSING, "The background agent is of another version. End it and start again.", e);
        }
    }

    private static AgentException missing(@Nullable Throwable cause) {
        return Conversation.missing(cause);
    }

    private Frames reach(boolean start) throws AgentException {
        LocalSocket socket = LocalSocket.of(home);
        try {
            return new Frames(socket.connect());
        } catch (IOException e) {
            if (!start) {
                throw missing(e);
            }
        }
        try {
            return new Frames(AgentProcess.startAndConnect(home, tpmAddress, socket, () -> closed));
        } catch (IOException e) {
            throw missing(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing(e);
        }
    }

    private void attach(Frames frames) {
        Conversation open = new Conversation(frames, this::heard);
        conversation = open;
        Thread.ofVirtual().name("agent link").start(() -> {
            open.read();
            conversation = null;
            lost();
        });
    }

    private void lost() {
        if (closed) {
            return;
        }
        tell(new AgentEvent.Connected(false));
        Duration pause = Duration.ofMillis(200);
        while (!closed && !closedOnLoss && !wiped) {
            try {
                attach(reach(true));
                tell(new AgentEvent.Connected(true));
                return;
            } catch (AgentException e) {
                try {
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                } catch (InterruptedException interrupted) {
                    return;
                }
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void heard(AgentEvent event) {
        if (event instanceof AgentEvent.Wiped over && over.notice().receiptDelivered()) {
            wiped = true;
        }
        tell(event);
    }

    private void tell(AgentEvent event) {
        if (closed) {
            return;
        }
        events.execute(() -> {
            listeners.forEach(listener -> listener.accept(event));
            Conversation open = conversation;
            if (event instanceof AgentEvent.WipeStarted && open != null) {
                open.say(numbers.incrementAndGet(), Operation.WIPE_HEARD);
            }
        });
    }

    /// Ends the connection; the agent goes on.
    @Override
    public void close() {
        closed = true;
        Conversation open = conversation;
        if (open != null) {
            open.close();
        }
        events.shutdown();
    }
}
