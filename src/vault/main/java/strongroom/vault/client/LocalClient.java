package strongroom.vault.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.vault.agent.AgentEvent;
import strongroom.vault.agent.MachineSealers;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.rollback.RollbackCheck;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.session.Cause;
import strongroom.vault.session.LockMachine;
import strongroom.vault.session.LockRules;
import strongroom.vault.session.Phase;
import strongroom.vault.slot.WaysFile;
import strongroom.vault.store.VaultStore;
import strongroom.vault.wipe.WipeException;
import strongroom.vault.wipe.WipedNotice;
import strongroom.vault.wipe.Wiper;

/// The client of a home on this machine: joins the lock machine, the unlock, the open vault and the agent. Rules
/// live in those; this class only passes on.
final class LocalClient implements VaultClient {
    private static final Logger LOG = LoggerFactory.getLogger(LocalClient.class);

    private final Home home;
    private final HomeLock lock;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final SecureRandom random;
    private final AgentConnection agent;
    private final DailySlot slot;
    private final PrintedSlot printed;
    private final PolicyInForce<PinPolicy> policy;
    private final PinLife life;
    private final Unlock unlock;
    private final Enrolling enrolling;
    private final WayIn wayIn;
    private final PinQuestions questions;
    private final LockMachine machine;
    private final Watched<ClientState> state;
    private final Watched<SyncState> sync = new Watched<>(new SyncState.Unknown());
    private final Watched<FolderState> folder = new Watched<>(new FolderState.NotChecked());
    private final Watched<EnrolmentState> enrolment = new Watched<>(new EnrolmentState.NotKnown());
    private final SealerSource sealers;

    // Guarded by this. Present between an unlock and the lock after it, and at no other time.
    private @Nullable UnlockedVault vault;
    private @Nullable WipeNotice wiped;

    private LocalClient(
            Home home,
            HomeLock lock,
            SealerSource sealers,
            AgentConnection agent,
            LockRules rules,
            Clock clock,
            LongSupplier nanoTime,
            SecureRandom random) {
        this.home = home;
        this.lock = lock;
        this.sealers = sealers;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        this.agent = agent;
        DeviceIdentity identity = new DeviceIdentity(home, sealers, random);
        this.policy = new PolicyInForce<>(home, identity, PolicyKind.PIN);
        TrustedTime time = new TrustedTime(home, policy, clock);
        this.life = new PinLife(policy, time);
        this.slot = new DailySlot(home, ServerShares.of(home, identity, agent, clock, random), sealers, time, random);
        this.printed = new PrintedSlot(home, slot, clock, random);
        Wiper wiper = new Wiper(home, sealers, clock, random);
        KeyDestroyer destroyer = new KeyDestroyer(wiper, policy, agent, this::destroyed);
        this.unlock = new Unlock(home, slot, printed, sealers, new WrongPinRule(home, policy, destroyer), clock);
        this.enrolling = new Enrolling(home, sealers, agent, slot, unlock, clock, random);
        this.state = new Watched<>(new ClientState.NotEnrolled());
        this.machine = new LockMachine(rules, clock, nanoTime, this::entered);
        this.wayIn = new WayIn(home, unlock, life, agent, machine, state::get, new Beyond(), clock, random);
        this.questions = new PinQuestions(unlock, life, this::present);
    }

    static LocalClient open(
            Home home,
            String tpm,
            LockReason reason,
            LockRules rules,
            Clock clock,
            LongSupplier nanoTime,
            SecureRandom random)
            throws ClientException {
        TpmAddress address;
        try {
            address = TpmAddress.parse(tpm);
        } catch (IllegalArgumentException e) {
            throw new ClientException(Problem.USAGE, Sentences.sentence(e), e);
        }
        HomeLock lock = HomeLock.take(home);
        AgentConnection agent = new AgentConnection(home, tpm);
        SealerSource sealers = new MachineSealers(address, random);
        LocalClient client = new LocalClient(home, lock, sealers, agent, rules, clock, nanoTime, random);
        agent.onEvent(client::heard);
        try {
            client.begin(sealers, reason);
            return client;
        } catch (ClientException e) {
            client.close();
            throw e;
        }
    }

    /// The client of a home that is nobody's: locked, and without an agent.
    static LocalClient rehearsing(Home home, SecureRandom random) throws ClientException {
        AgentConnection nobody = new AgentConnection(home, "none");
        nobody.close();
        Clock clock = Clock.systemUTC();
        LocalClient client = new LocalClient(
                home,
                HomeLock.take(home),
                new MachineSealers(new TpmAddress.None(), random),
                nobody,
                LockRules.DEFAULT,
                clock,
                System::nanoTime,
                random);
        client.state.set(new ClientState.Locked(LockReason.STARTED, clock.instant(), "", -1));
        return client;
    }

    /// A wipe that was begun comes before everything else.
    private void begin(SealerSource sealers, LockReason reason) throws ClientException {
        try {
            Optional<WipedNotice> notice = Wiper.resumeIfBegun(home, sealers, clock, random);
            if (notice.isPresent()) {
                wiped(shown(notice.get()));
                if (!notice.get().receiptDelivered()) {
                    goOnWithWipe();
                }
                return;
            }
        } catch (WipeException e) {
            throw new ClientException(Problem.WIPED, Sentences.sentence(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException(Problem.CANCELLED, "Opening was ended.", e);
        }
        if (hasEnrolled()) {
            state.set(new ClientState.Locked(reason, clock.instant(), "", -1));
            startAgent();
            // While the PIN is being typed, in the order in which it is needed.
            Thread.ofVirtual().name("warm up").start(VaultClients::warmUp);
        }
    }

    private boolean hasEnrolled() {
        return (slot.exists() || printed.exists())
                && Files.exists(home.identity().resolve("enrolment.bin"));
    }

    /// An agent that runs since before the wipe was begun does not know of it.
    private void goOnWithWipe() {
        Thread.ofVirtual().name("wipe").start(() -> {
            try {
                agent.ask(link -> {
                    link.resumeWipe();
                    return true;
                });
            } catch (ClientException e) {
                LOG.info("the agent does not go on with the wipe now: {}", e.problem());
            }
            startAgent();
        });
    }

    /// In the background: the PIN can be typed meanwhile, and a vault opens without an agent.
    private void startAgent() {
        Thread.ofVirtual().name("agent start").start(() -> {
            try {
                sync.set(AgentConnection.state(agent.ask(link -> link.status())));
                readNotice();
            } catch (ClientException e) {
                sync.set(new SyncState.Offline(0, Sentences.sentence(e)));
            }
            showTries();
        });
    }

    /// What an agent told while nobody was connected to it is written in the home. Called when one has answered: what
    /// it writes from then on, it also tells.
    private void readNotice() {
        if (state.get() instanceof ClientState.Wiped) {
            try {
                WipedNotice.of(home).ifPresent(notice -> wiped(shown(notice)));
            } catch (IOException e) {
                LOG.warn("the notice of the wipe cannot be read");
            }
        }
    }

    private void showTries() {
        ClientState before = state.get();
        if (before instanceof ClientState.Locked locked) {
            Unlock.Tries tries = unlock.triesLeft();
            state.replace(
                    before,
                    new ClientState.Locked(
                            locked.reason(), locked.since(), locked.person(), tries.left(), tries.thenDestroyed()));
        }
    }

    @Override
    public ClientState state() {
        return state.get();
    }

    @Override
    public Subscription onState(Consumer<ClientState> listener) {
        return state.watch(listener);
    }

    @Override
    public Subscription onSync(Consumer<SyncState> listener) {
        return sync.watch(listener);
    }

    @Override
    public Invitation inspect(URI server, String code) throws ClientException {
        refuseIfEnrolled();
        return enrolling.inspect(server, code);
    }

    @Override
    public UnlockResult.Opened enrol(URI server, String code, String deviceName, char[] pin) throws ClientException {
        try {
            refuseIfEnrolled();
            enrolling.rules(server, code).check(pin);
            unlock.forgetWrongPins();
            wayIn.begin();
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                VaultStore store = enrolling.enrol(server, code, deviceName, secret);
                return opened(store, ShownWays::look);
            } catch (ClientException e) {
                machine.unlockFailed();
                throw e;
            }
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private void refuseIfEnrolled() throws ClientException {
        if (!(state.get() instanceof ClientState.NotEnrolled)) {
            throw new ClientException(
                    Problem.ALREADY_ENROLLED, "This device has enrolled already. Unlock it with your PIN.");
        }
    }

    @Override
    public UnlockResult unlock(char[] pin) throws ClientException {
        return wayIn.unlock(pin);
    }

    @Override
    public UnlockResult recover(char[] code, char[] pin) throws ClientException {
        return wayIn.recover(code, pin);
    }

    @Override
    public UnlockResult renewPin(char[] present, char[] fresh) throws ClientException {
        return wayIn.renew(present, fresh);
    }

    @Override
    public UnlockResult provePin(char[] pin) throws ClientException {
        return questions.prove(pin);
    }

    @Override
    public PinRules pinRules() {
        try {
            return life.rules(unlock.assurance());
        } catch (ClientException expected) {
            // There is no slot yet, or none that can be read: what is known is what the organisation wants.
            return life.rules(Assurance.HARDWARE);
        }
    }

    @Override
    public RecoveryState recovery() {
        return printed.state();
    }

    @Override
    public SheetResult newRecoveryCode(char[] pin) throws ClientException {
        return questions.newRecoveryCode(pin);
    }

    @Override
    public void proveRecoveryCode(char[] code) throws ClientException {
        try {
            requireOpen().ways().prove(code);
        } finally {
            Arrays.fill(code, '\0');
        }
    }

    @Override
    public EnrolmentState enrolment() {
        return enrolment.get();
    }

    @Override
    public Subscription onEnrolment(Consumer<EnrolmentState> listener) {
        return enrolment.watch(listener);
    }

    @Override
    public UnlockResult changePin(char[] present, char[] fresh) throws ClientException {
        return questions.change(present, fresh);
    }

    @Override
    public UnlockResult bindToStart(Set<Integer> registers, char[] pin) throws ClientException {
        return questions.bind(registers, pin);
    }

    /// Where an attempt to open leads.
    private final class Beyond implements WayIn.Beyond {
        @Override
        public UnlockResult.Opened opened(VaultStore store, @Nullable Digest code) throws ClientException {
            return LocalClient.this.opened(store, ways -> {
                if (code == null) {
                    ways.byPin();
                } else {
                    ways.byCode(code);
                }
            });
        }

        @Override
        public void notOpened() {
            Thread.ofVirtual().name("tries").start(LocalClient.this::showTries);
        }
    }

    /// @param store taken over @param how the ways into it hear of what opened it
    private UnlockResult.Opened opened(VaultStore store, Consumer<ShownWays> how) throws ClientException {
        FolderCheck check = new FolderCheck(new RollbackCheck(home, store.counter(), sealers, clock), folder);
        ShownWays ways = new ShownWays(store, printed, new WaysFile(home), enrolment, clock);
        UnlockedVault fresh = new UnlockedVault(
                store,
                check,
                ways,
                unlock.assurance(),
                new PinProof(policy, nanoTime),
                agent,
                clock,
                random,
                this::standingChanged);
        boolean stays;
        synchronized (this) {
            stays = machine.unlocked();
            if (stays) {
                vault = fresh;
            }
        }
        if (!stays) {
            fresh.close();
            throw Sentences.locked();
        }
        how.accept(ways);
        try {
            machine.settle();
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        }
        fresh.receiveLater();
        return new UnlockResult.Opened(fresh.library());
    }

    private void standingChanged() {
        machine.afterwards(() -> {
            UnlockedVault open = present();
            if (open != null && machine.phase() == Phase.UNLOCKED) {
                state.set(open.shown());
            }
        });
    }

    private synchronized @Nullable UnlockedVault present() {
        return vault;
    }

    private UnlockedVault requireOpen() throws ClientException {
        UnlockedVault open = present();
        if (open == null) {
            throw Sentences.locked();
        }
        return open;
    }

    @Override
    public void signal(LockSignal signal) {
        switch (signal) {
            case FOCUS_GAINED -> machine.focusGained();
            case FOCUS_LOST -> machine.focusLost(Cause.FOCUS_LOST);
            case MINIMISED -> machine.lock(Cause.MINIMISED);
            case ACTIVITY -> machine.activity();
            case SESSION_LOCKED -> machine.lock(Cause.SESSION_LOCKED);
            case SLEEP -> machine.lock(Cause.SLEEP);
            case LOCK_ASKED -> machine.lock(Cause.ASKED);
        }
    }

    /// On the lock machine's thread.
    private void entered(Phase phase, Cause cause, Instant at) {
        switch (phase) {
            case UNLOCKING -> state.set(new ClientState.Unlocking());
            case UNLOCKED -> {
                UnlockedVault open = present();
                if (open != null) {
                    state.set(open.shown());
                }
            }
            case COVERED -> state.set(new ClientState.Covered(reason(cause), at));
            case LOCKED -> {
                closeVault();
                if (hasEnrolled()) {
                    state.set(new ClientState.Locked(reason(cause), at, "", -1));
                } else {
                    state.set(new ClientState.NotEnrolled());
                }
                Thread.ofVirtual().name("tries").start(this::showTries);
            }
            case WIPED -> {
                closeVault();
                WipeNotice notice;
                synchronized (this) {
                    notice = wiped;
                }
                if (notice != null) {
                    show(notice);
                }
            }
        }
    }

    private static LockReason reason(Cause cause) {
        return LockReason.valueOf(cause.name());
    }

    private void closeVault() {
        UnlockedVault open;
        synchronized (this) {
            open = vault;
            vault = null;
        }
        questions.end();
        if (open != null) {
            open.close();
        }
    }

    /// On a thread of the agent's connection.
    private void heard(AgentEvent event) {
        switch (event) {
            case AgentEvent.SyncChanged changed -> sync.set(AgentConnection.state(changed.status()));
            case AgentEvent.WipeStarted started -> wiped(shown(started.notice()));
            case AgentEvent.Wiped over -> wiped(shown(over.notice()));
            case AgentEvent.Frozen _ -> machine.lock(Cause.FROZEN);
            case AgentEvent.LockAsked _ -> machine.lock(Cause.ASKED);
            case AgentEvent.Connected connected when connected.connected() -> startAgent();
            case AgentEvent.InboxChanged _,
                    AgentEvent.DevicesChanged _,
                    AgentEvent.Thawed _,
                    AgentEvent.Connected _ -> {}
        }
        UnlockedVault open = present();
        if (open != null) {
            open.heard(event);
        }
    }

    /// By the rule for wrong PINs, on the thread that tried one.
    private void destroyed(WipedNotice notice) {
        wiped(shown(notice));
    }

    /// When this returns, no key of the vault is in this process any more.
    private void wiped(WipeNotice notice) {
        synchronized (this) {
            wiped = notice;
        }
        machine.wiped();
        closeVault();
        unlock.awaitEnd();
        show(notice);
    }

    /// News of a wipe come from two sides, told by the agent and read in the home: what is delivered stays delivered.
    private void show(WipeNotice notice) {
        state.update(before ->
                before instanceof ClientState.Wiped told && told.notice().receiptDelivered()
                        ? before
                        : new ClientState.Wiped(notice));
    }

    private static WipeNotice shown(WipedNotice notice) {
        return new WipeNotice(
                notice.order(),
                notice.orderedBy(),
                notice.reason(),
                notice.finished(),
                notice.receiptDelivered(),
                notice.wrongPins());
    }

    @Override
    public SyncState syncNow() throws ClientException {
        SyncState now = requireOpen().syncNow();
        sync.set(now);
        return now;
    }

    @Override
    public Subscription onFolder(Consumer<FolderState> listener) {
        return folder.watch(listener);
    }

    @Override
    public FolderState awaitFolder(Duration most) {
        UnlockedVault open = present();
        if (open != null) {
            open.folder().await(most);
        }
        return folder.get();
    }

    @Override
    public void takeNote() throws ClientException {
        requireOpen().folder().takeNote();
    }

    @Override
    public void close() {
        machine.close();
        closeVault();
        agent.close();
        lock.close();
    }
}
