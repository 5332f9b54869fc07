package strongroom.desktop.fake;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.EnrolmentState;
import strongroom.vault.client.FolderState;
import strongroom.vault.client.Invitation;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.LockSignal;
import strongroom.vault.client.PinRules;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoverySheet;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.SheetResult;
import strongroom.vault.client.Subscription;
import strongroom.vault.client.SyncState;
import strongroom.vault.client.UnlockResult;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.WipeNotice;

/// A client that keeps everything in memory and encrypts nothing: it behaves as the door promises, so that the window
/// can be tested and looked at. Listeners are called on a thread of its own, as with the real one.
public final class FakeVaultClient implements VaultClient {
    /// The code it takes.
    public static final String CODE = "SR4K-9PLW-2MTX-77QD";

    /// The recovery code it makes.
    public static final String RECOVERY_CODE = "00017-0002E-00039-0004W-0005V-0006J-0007N";

    /// What it says of a machine that forgot.
    public static final String SEAL_LOST =
            "The security chip of this laptop was cleared, or it is another one, so no PIN"
                    + " opens the vault any more. Nothing is lost; type your recovery code, or ask your administrators for"
                    + " recovery.";

    private static final Logger LOG = Logger.getLogger(FakeVaultClient.class.getName());
    private static final int TRIES = 3;

    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        var daemon = new Thread(task, "fake client");
        daemon.setDaemon(true);
        return daemon;
    });
    private final List<Consumer<ClientState>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<SyncState>> syncListeners = new CopyOnWriteArrayList<>();
    private final List<LockSignal> signals = new CopyOnWriteArrayList<>();
    private final FakeLibrary library;
    private volatile ClientState state = new ClientState.NotEnrolled();
    private volatile SyncState sync = new SyncState.Unknown();
    private final List<Consumer<FolderState>> folderListeners = new CopyOnWriteArrayList<>();
    private volatile FolderState folder = new FolderState.NotChecked();
    private volatile String pin = "";
    private final AtomicInteger triesLeft = new AtomicInteger(TRIES);
    private volatile RecoveryState recovery = new RecoveryState.None();
    private final List<Consumer<EnrolmentState>> enrolmentListeners = new CopyOnWriteArrayList<>();
    private volatile EnrolmentState enrolment = new EnrolmentState.Unfinished(EnrolmentState.Missing.SECOND_WAY);
    private final AtomicInteger openSheets = new AtomicInteger();
    private volatile boolean sealLost;
    private volatile int shortestPin = PinRules.SHORTEST;
    private volatile UnlockResult.NewPinNeeded.@Nullable Why newPinNeeded;
    private volatile boolean destroys;
    private volatile boolean autoLock = true;
    private volatile boolean outside;
    private volatile Duration thinking = Duration.ZERO;

    public FakeVaultClient(Clock clock) {
        this.clock = clock;
        this.library = new FakeLibrary(clock);
    }

    /// An enrolled and locked one with this PIN.
    public static FakeVaultClient locked(Clock clock, String pin, LockReason reason) {
        var client = new FakeVaultClient(clock);
        client.pin = pin;
        client.state = new ClientState.Locked(reason, clock.instant(), "Ada Byron", -1);
        return client;
    }

    public FakeLibrary library() {
        return library;
    }

    /// What becomes of recovery; a sheet was shown to open when it was made.
    public void recovery(RecoveryState now) {
        recovery = now;
        go(
                switch (now) {
                    case RecoveryState.None _ -> new EnrolmentState.Unfinished(EnrolmentState.Missing.SECOND_WAY);
                    case RecoveryState.Sheet(var _, Instant made) -> new EnrolmentState.Finished(made, false);
                    case RecoveryState.ByAdministrators _ -> new EnrolmentState.Finished(clock.instant(), false);
                });
    }

    /// What is known of the enrolment while the vault is open.
    public void go(EnrolmentState next) {
        enrolment = next;
        tellEnrolment();
    }

    private void tellEnrolment() {
        EnrolmentState now = enrolment();
        tell(() -> enrolmentListeners.forEach(listener -> listener.accept(now)));
    }

    /// The machine forgets what it sealed: no PIN opens any more.
    public void loseSeal() {
        sealLost = true;
    }

    /// What the organisation wants a PIN to be.
    public void shortestPin(int now) {
        shortestPin = now;
    }

    /// The organisation does not want the present PIN any more.
    public void wantNewPin(UnlockResult.NewPinNeeded.Why why) {
        newPinNeeded = why;
    }

    /// At the last try the keys are destroyed.
    public void destroyAtLastTry() {
        destroys = true;
    }

    /// How many recovery codes were shown and not closed.
    public int openSheets() {
        return openSheets.get();
    }

    /// Every signal that came, in order.
    public List<LockSignal> signals() {
        return signals;
    }

    /// Whether it locks on signals, as a policy with a grace of zero says.
    public void autoLock(boolean now) {
        autoLock = now;
    }

    /// How long a PIN takes.
    public void thinking(Duration now) {
        thinking = now;
    }

    public void go(ClientState next) {
        state = next;
        tell(() -> listeners.forEach(listener -> listener.accept(next)));
        tellEnrolment();
    }

    public void go(SyncState next) {
        sync = next;
        tell(() -> syncListeners.forEach(listener -> listener.accept(next)));
    }

    /// What is found of the folder. It stays over a lock until it is noted, as with the real one.
    public void go(FolderState next) {
        folder = next;
        tell(() -> folderListeners.forEach(listener -> listener.accept(next)));
    }

    public void lock(LockReason reason) {
        library.close();
        go(new ClientState.Locked(reason, clock.instant(), "Ada Byron", -1));
    }

    public void wipe(WipeNotice notice) {
        library.close();
        go(new ClientState.Wiped(notice));
    }

    @Override
    public ClientState state() {
        return state;
    }

    @Override
    public Subscription onState(Consumer<ClientState> listener) {
        listeners.add(listener);
        ClientState now = state;
        tell(() -> listener.accept(now));
        return () -> listeners.remove(listener);
    }

    @Override
    public Subscription onSync(Consumer<SyncState> listener) {
        syncListeners.add(listener);
        SyncState now = sync;
        tell(() -> listener.accept(now));
        return () -> syncListeners.remove(listener);
    }

    @Override
    public Subscription onFolder(Consumer<FolderState> listener) {
        folderListeners.add(listener);
        FolderState now = folder;
        tell(() -> listener.accept(now));
        return () -> folderListeners.remove(listener);
    }

    @Override
    public EnrolmentState enrolment() {
        return state instanceof ClientState.Unlocked ? enrolment : new EnrolmentState.NotKnown();
    }

    @Override
    public Subscription onEnrolment(Consumer<EnrolmentState> listener) {
        enrolmentListeners.add(listener);
        EnrolmentState now = enrolment();
        tell(() -> listener.accept(now));
        return () -> enrolmentListeners.remove(listener);
    }

    @Override
    public void proveRecoveryCode(char[] typed) throws ClientException {
        think();
        boolean right = RECOVERY_CODE.equals(new String(typed));
        Arrays.fill(typed, '\0');
        if (!(state instanceof ClientState.Unlocked)) {
            throw new ClientException(Problem.LOCKED, "The vault is locked.");
        }
        if (!right) {
            throw new ClientException(Problem.CODE_WRONG, "Group 3 of the recovery code is mistyped.");
        }
        go(new EnrolmentState.Finished(clock.instant(), false));
    }

    @Override
    public FolderState awaitFolder(Duration most) {
        return folder;
    }

    @Override
    public void takeNote() throws ClientException {
        if (!(state instanceof ClientState.Unlocked)) {
            throw new ClientException(Problem.LOCKED, "The vault is locked.");
        }
        go(new FolderState.AsLeft());
    }

    @Override
    public Invitation inspect(URI server, String code) throws ClientException {
        if (server.getHost().startsWith("nowhere")) {
            throw new ClientException(
                    Problem.OFFLINE, "The server " + server + " cannot be reached. Check the address and the network.");
        }
        if (!code.equals(CODE)) {
            throw new ClientException(
                    Problem.CODE_WRONG, "That code is mistyped or unknown. Copy it again from what you were given.");
        }
        return new Invitation(
                server,
                "Lovelace & Partners",
                "Ada Byron",
                clock.instant().plus(Duration.ofDays(3)),
                true,
                shortestPin);
    }

    @Override
    public UnlockResult.Opened enrol(URI server, String code, String deviceName, char[] chosen) throws ClientException {
        think();
        pin = new String(chosen);
        Arrays.fill(chosen, '\0');
        open();
        return new UnlockResult.Opened(library);
    }

    @Override
    public UnlockResult unlock(char[] tried) throws ClientException {
        go(new ClientState.Unlocking());
        think();
        boolean right = pin.equals(new String(tried));
        Arrays.fill(tried, '\0');
        if (sealLost) {
            go(new ClientState.Locked(LockReason.STARTED, clock.instant(), "Ada Byron", -1));
            return new UnlockResult.Refused(Problem.SEAL_LOST, SEAL_LOST);
        }
        UnlockResult.NewPinNeeded.Why why = newPinNeeded;
        if (right && why != null) {
            go(new ClientState.Locked(LockReason.STARTED, clock.instant(), "Ada Byron", -1));
            return new UnlockResult.NewPinNeeded(why);
        }
        if (right) {
            triesLeft.set(TRIES);
            open();
            if (outside && autoLock) {
                lockBehindAnotherProgram();
                throw new ClientException(Problem.LOCKED, "The vault is locked.");
            }
            return new UnlockResult.Opened(library);
        }
        int left = triesLeft.decrementAndGet();
        if (left <= 0 && destroys) {
            wipe(new WipeNotice(Id.of(new byte[Id.SIZE]), "Grace", "", clock.instant(), false, TRIES));
            return new UnlockResult.Refused(Problem.WIPED, "The keys are destroyed.");
        }
        go(new ClientState.Locked(LockReason.STARTED, clock.instant(), "Ada Byron", left, destroys));
        if (left <= 0) {
            triesLeft.set(TRIES);
            return new UnlockResult.Paused(Duration.ofSeconds(30));
        }
        return new UnlockResult.WrongPin(left, destroys);
    }

    @Override
    public UnlockResult renewPin(char[] present, char[] fresh) throws ClientException {
        UnlockResult result = changePin(present, fresh);
        if (result instanceof UnlockResult.Opened) {
            newPinNeeded = null;
            open();
        }
        return result;
    }

    @Override
    public UnlockResult provePin(char[] tried) throws ClientException {
        think();
        boolean right = pin.equals(new String(tried));
        Arrays.fill(tried, '\0');
        if (right) {
            library.pinWanted(false);
            return new UnlockResult.Opened(library);
        }
        return new UnlockResult.WrongPin(triesLeft.decrementAndGet());
    }

    @Override
    public PinRules pinRules() {
        return PinRules.of(Assurance.HARDWARE, shortestPin);
    }

    @Override
    public UnlockResult changePin(char[] present, char[] fresh) throws ClientException {
        think();
        boolean right = pin.equals(new String(present));
        String chosen = new String(fresh);
        Arrays.fill(present, '\0');
        Arrays.fill(fresh, '\0');
        if (chosen.equals(pin)) {
            throw new ClientException(Problem.PIN_REFUSED, "The new PIN is the one you have now. Choose another one.");
        }
        if (right) {
            triesLeft.set(TRIES);
            pin = chosen;
            return new UnlockResult.Opened(library);
        }
        int left = triesLeft.decrementAndGet();
        if (left <= 0) {
            triesLeft.set(TRIES);
            return new UnlockResult.Paused(Duration.ofSeconds(30));
        }
        return new UnlockResult.WrongPin(left);
    }

    @Override
    public RecoveryState recovery() {
        return recovery;
    }

    /// Its machine is no TPM.
    @Override
    public UnlockResult bindToStart(Set<Integer> registers, char[] tried) throws ClientException {
        Arrays.fill(tried, '\0');
        throw new ClientException(Problem.TPM_MISSING, "This device is not sealed by a TPM.");
    }

    @Override
    public SheetResult newRecoveryCode(char[] tried) throws ClientException {
        think();
        boolean right = pin.equals(new String(tried));
        Arrays.fill(tried, '\0');
        if (recovery instanceof RecoveryState.ByAdministrators) {
            throw new ClientException(Problem.NO_RECOVERY, "No recovery code may open this device.");
        }
        if (!right) {
            return new SheetResult.NotShown(new UnlockResult.WrongPin(triesLeft.decrementAndGet()));
        }
        openSheets.incrementAndGet();
        return new SheetResult.Shown(new FakeSheet(clock.instant(), this::recovery, openSheets));
    }

    /// @param counts told when the code was typed back
    private record FakeSheet(Instant made, Consumer<RecoveryState> counts, AtomicInteger open)
            implements RecoverySheet {
        @Override
        public char[] code() {
            return RECOVERY_CODE.toCharArray();
        }

        @Override
        public String number() {
            return "3f2a91c0";
        }

        @Override
        public void confirm(char[] typed) throws ClientException {
            boolean right = RECOVERY_CODE.equals(new String(typed));
            Arrays.fill(typed, '\0');
            if (!right) {
                throw new ClientException(Problem.CODE_WRONG, "Group 3 of the recovery code is mistyped.");
            }
            counts.accept(new RecoveryState.Sheet(number(), made));
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    @Override
    public UnlockResult recover(char[] code, char[] chosen) throws ClientException {
        think();
        boolean right = RECOVERY_CODE.equals(new String(code));
        String next = new String(chosen);
        Arrays.fill(code, '\0');
        Arrays.fill(chosen, '\0');
        if (!(recovery instanceof RecoveryState.Sheet)) {
            throw new ClientException(Problem.NO_RECOVERY, "No recovery code was made for this device.");
        }
        if (!right) {
            return new UnlockResult.Refused(Problem.CODE_WRONG, "This is the code of another sheet.");
        }
        pin = next;
        sealLost = false;
        open();
        return new UnlockResult.Opened(library);
    }

    @Override
    public void signal(LockSignal signal) {
        signals.add(signal);
        outside = signal == LockSignal.FOCUS_LOST || outside && signal != LockSignal.FOCUS_GAINED;
        if (!autoLock || !(state instanceof ClientState.Unlocked)) {
            return;
        }
        switch (signal) {
            case FOCUS_LOST -> lockBehindAnotherProgram();
            case MINIMISED -> lock(LockReason.MINIMISED);
            case LOCK_ASKED -> lock(LockReason.ASKED);
            case SESSION_LOCKED -> lock(LockReason.SESSION_LOCKED);
            case SLEEP -> lock(LockReason.SLEEP);
            case FOCUS_GAINED, ACTIVITY -> {}
        }
    }

    @Override
    public SyncState syncNow() {
        SyncState done = new SyncState.UpToDate(Instant.now(clock));
        go(done);
        return done;
    }

    @Override
    public void close() {
        library.close();
        thread.shutdownNow();
    }

    /// A window that closes loses the focus after the client was closed; as with the real one, that is no failure.
    private void tell(Runnable news) {
        try {
            thread.execute(news);
        } catch (RejectedExecutionException e) {
            LOG.fine("closed already");
        }
    }

    private void open() {
        library.open();
        go(new ClientState.Unlocked("Ada Byron", Assurance.HARDWARE, null));
    }

    private void lockBehindAnotherProgram() {
        go(new ClientState.Covered(LockReason.FOCUS_LOST, clock.instant()));
        lock(LockReason.FOCUS_LOST);
    }

    private void think() throws ClientException {
        try {
            Thread.sleep(thinking);
        } catch (InterruptedException e) {
            throw new ClientException(Problem.CANCELLED, "Cancelled.", e);
        }
    }
}
