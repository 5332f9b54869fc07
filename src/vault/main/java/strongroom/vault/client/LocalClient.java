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
import strongroom.vault.agent.AgentEvent;
import strongroom.vault.agent.AgentStatus;
import strongroom.vault.agent.MachineSealers;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.rollback.RollbackCheck;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.session.Cause;
import strongroom.vault.session.LockMachine;
import strongroom.vault.session.LockRules;
import strongroom.vault.session.Phase;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;
import strongroom.vault.wipe.Freeze;
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
    private final SecureRandom random;
    private final AgentConnection agent;
    private final DailySlot slot;
    private final PrintedSlot printed;
    private final Unlock unlock;
    private final Enrolling enrolling;
    private final LockMachine machine;
    private final Watched<ClientState> state;
    private final Watched<SyncState> sync = new Watched<>(new SyncState.Unknown());
    private final Watched<FolderState> folder = new Watched<>(new FolderState.NotChecked());
    private final SealerSource sealers;

    // Guarded by this. Present between an unlock and the lock after it, and at no other time.
    private @Nullable UnlockedVault vault;
    private @Nullable PrintedSheet sheet;
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
        this.random = random;
        this.agent = agent;
        DeviceIdentity identity = new DeviceIdentity(home, sealers, random);
        this.slot = new DailySlot(home, ServerShares.of(home, identity, agent, clock, random), sealers, random);
        this.printed = new PrintedSlot(home, slot, clock, random);
        this.unlock = new Unlock(home, slot, printed, sealers, clock);
        this.enrolling = new Enrolling(home, sealers, agent, slot, unlock, clock, random);
        this.state = new Watched<>(new ClientState.NotEnrolled());
        this.machine = new LockMachine(rules, clock, nanoTime, this::entered);
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

    /// A wipe that was begun comes before everything else.
    private void begin(SealerSource sealers, LockReason reason) throws ClientException {
        try {
            Optional<WipedNotice> notice = Wiper.resumeIfBegun(home, sealers, clock, random);
            if (notice.isPresent()) {
                wiped(shown(notice.get()));
                if (!notice.get().receiptDelivered()) {
                    startAgent();
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
            int left = unlock.triesLeft();
            state.replace(before, new ClientState.Locked(locked.reason(), locked.since(), locked.person(), left));
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
            PinRules.check(pin, enrolling.assurance(server));
            if (!machine.beginUnlock()) {
                throw new ClientException(Problem.LOCKED, "Another attempt is under way. Wait for it to end.");
            }
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                VaultStore store = enrolling.enrol(server, code, deviceName, secret);
                return opened(store);
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
        try {
            refuseUnlessReady();
            if (!machine.beginUnlock()) {
                throw new ClientException(Problem.LOCKED, "Another attempt is under way. Wait for it to end.");
            }
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                return open(() -> unlock.open(secret));
            }
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    @Override
    public UnlockResult recover(char[] code, char[] pin) throws ClientException {
        try {
            refuseUnlessReady();
            try (RecoveryCode typed = RecoveryCodes.read(code)) {
                KeySealer sealer = unlock.strongest();
                PinRules.check(pin, Unlock.assurance(sealer.kind()));
                if (!machine.beginUnlock()) {
                    throw new ClientException(Problem.LOCKED, "Another attempt is under way. Wait for it to end.");
                }
                try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                    return open(() -> unlock.recover(typed, secret, sealer, this::requireRoot));
                }
            }
        } finally {
            Arrays.fill(code, '\0');
            Arrays.fill(pin, '\0');
        }
    }

    private void requireRoot(SecretBytes root) throws ClientException {
        try {
            VaultStore.check(home.store(), root, random);
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public RecoveryState recovery() {
        return printed.state();
    }

    @Override
    public SheetResult newRecoveryCode(char[] pin) throws ClientException {
        try {
            if (present() == null) {
                throw Sentences.locked();
            }
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                return switch (unlock.draft(secret)) {
                    case Unlock.SheetDraft.NotMade(UnlockResult why) -> new SheetResult.NotShown(why);
                    case Unlock.SheetDraft.Made(PrintedSheet fresh) -> shown(fresh);
                };
            }
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /// @param fresh taken over: it ends with the vault
    private synchronized SheetResult shown(PrintedSheet fresh) throws ClientException {
        if (sheet != null) {
            sheet.close();
        }
        if (vault == null) {
            fresh.close();
            throw Sentences.locked();
        }
        sheet = fresh;
        return new SheetResult.Shown(fresh);
    }

    @Override
    public UnlockResult changePin(char[] present, char[] fresh) throws ClientException {
        try {
            UnlockedVault open = present();
            if (open == null) {
                throw Sentences.locked();
            }
            PinRules.check(fresh, unlock.assurance());
            if (Arrays.equals(present, fresh)) {
                throw new ClientException(
                        Problem.PIN_REFUSED, "The new PIN is the one you have now. Choose another one.");
            }
            try (SecretBytes now = SecretBytes.ofAndZero(present);
                    SecretBytes then = SecretBytes.ofAndZero(fresh)) {
                return unlock.change(now, then).orElseGet(() -> new UnlockResult.Opened(open.library()));
            }
        } finally {
            Arrays.fill(present, '\0');
            Arrays.fill(fresh, '\0');
        }
    }

    @Override
    public UnlockResult bindToStart(Set<Integer> registers, char[] pin) throws ClientException {
        try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
            UnlockedVault open = present();
            if (open == null) {
                throw Sentences.locked();
            }
            return unlock.bind(secret, selection(registers)).orElseGet(() -> new UnlockResult.Opened(open.library()));
        }
    }

    private static PcrSelection selection(Set<Integer> registers) throws ClientException {
        try {
            return PcrSelection.of(registers);
        } catch (IllegalArgumentException e) {
            throw new ClientException(Problem.USAGE, Sentences.sentence(e), e);
        }
    }

    /// Something that may give the root key.
    @FunctionalInterface
    private interface Attempt {
        Unlock.Outcome make() throws ClientException;
    }

    private UnlockResult open(Attempt attempt) throws ClientException {
        boolean open = false;
        try {
            refuseIfFrozen();
            UnlockResult result =
                    switch (attempt.make()) {
                        case Unlock.Outcome.Refused refused -> refused.result();
                        case Unlock.Outcome.Root root -> {
                            try (SecretBytes key = root.root()) {
                                yield opened(VaultStore.open(home.store(), key, clock, random));
                            }
                        }
                    };
            open = result instanceof UnlockResult.Opened;
            return result;
        } catch (StoreException e) {
            throw Sentences.of(e);
        } finally {
            if (!open) {
                machine.unlockFailed();
                Thread.ofVirtual().start(this::showTries);
            }
        }
    }

    private void refuseUnlessReady() throws ClientException {
        switch (state.get()) {
            case ClientState.NotEnrolled _ ->
                throw new ClientException(
                        Problem.NOT_ENROLLED, "This device has not enrolled. Enrol it with a code first.");
            case ClientState.Wiped _ ->
                throw new ClientException(Problem.WIPED, "This device was wiped by an order of your organisation.");
            case ClientState.Locked _, ClientState.Unlocking _, ClientState.Unlocked _, ClientState.Covered _ -> {}
        }
    }

    /// The agent knows of orders. If it cannot be asked, what it learned is written in the home, and the vault opens
    /// all the same: people work offline.
    private void refuseIfFrozen() throws ClientException {
        AgentStatus.Standing standing;
        try {
            if (Freeze.of(home).isPresent()) {
                throw frozen();
            }
        } catch (IOException e) {
            throw Sentences.io("read whether this device is frozen", e);
        }
        try {
            standing = agent.ask(link -> link.status()).standing();
        } catch (ClientException e) {
            LOG.info("unlocking without the agent: {}", e.problem());
            return;
        }
        switch (standing) {
            case FROZEN -> throw frozen();
            case WIPING, WIPED ->
                throw new ClientException(Problem.WIPED, "This device was wiped by an order of your organisation.");
            case NOT_ENROLLED, ACTIVE -> {}
        }
    }

    private static ClientException frozen() {
        return new ClientException(Problem.FROZEN, "Your administrator has frozen this device. Ask them to thaw it.");
    }

    /// @param store taken over
    private UnlockResult.Opened opened(VaultStore store) throws ClientException {
        FolderCheck check = new FolderCheck(new RollbackCheck(home, store.counter(), sealers, clock), folder);
        UnlockedVault fresh =
                new UnlockedVault(store, check, unlock.assurance(), agent, clock, random, this::standingChanged);
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
            if (sheet != null) {
                sheet.close();
                sheet = null;
            }
        }
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
                notice.order(), notice.orderedBy(), notice.reason(), notice.finished(), notice.receiptDelivered());
    }

    @Override
    public SyncState syncNow() throws ClientException {
        UnlockedVault open = present();
        if (open == null) {
            throw Sentences.locked();
        }
        SyncState now = open.syncNow();
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
        UnlockedVault open = present();
        if (open == null) {
            throw Sentences.locked();
        }
        open.folder().takeNote();
    }

    @Override
    public void close() {
        machine.close();
        closeVault();
        agent.close();
        lock.close();
    }
}
