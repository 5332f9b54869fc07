package strongroom.desktop.app;

import java.time.Clock;
import java.time.Instant;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.drop.WaitingFilesViewModel;
import strongroom.desktop.enrol.EnrolViewModel;
import strongroom.desktop.library.LibraryViewModel;
import strongroom.desktop.library.Place;
import strongroom.desktop.pin.RenewPinViewModel;
import strongroom.desktop.recovery.RecoverViewModel;
import strongroom.desktop.unlock.UnlockViewModel;
import strongroom.desktop.wiped.WipedViewModel;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.Library;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.LockSignal;
import strongroom.vault.client.Subscription;
import strongroom.vault.client.SyncState;
import strongroom.vault.client.VaultClient;

/// Follows the client and says which screen is up. It never decides to lock: it passes signals on and shows what
/// the client says. Only ids of where the user was outlive a lock, and the paths of files that wait to be taken in.
/// On the thread of the window.
public final class AppViewModel implements AutoCloseable {
    private final VaultClient client;
    private final Work work;
    private final Clock clock;
    private final Place place;
    private final AfterLock afterLock;
    private final WaitingFilesViewModel waiting = new WaitingFilesViewModel();
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>(new Page.Starting());
    private final ReadOnlyObjectWrapper<ClientState> state;
    private final ReadOnlyObjectWrapper<SyncState> sync = new ReadOnlyObjectWrapper<>(new SyncState.Unknown());
    private final BooleanBinding covered;
    private @Nullable Subscription states;
    private @Nullable Subscription syncs;
    private @Nullable Library library;
    private boolean opened;
    private @Nullable Work screenWork;

    /// @param inside whether a window of ours has the focus @param place where the user was before
    public AppViewModel(
            VaultClient client,
            Work work,
            Clock clock,
            ObservableBooleanValue inside,
            Place place,
            AfterLock afterLock) {
        this.client = client;
        this.work = work;
        this.clock = clock;
        this.place = place;
        this.afterLock = afterLock;
        this.state = new ReadOnlyObjectWrapper<>(client.state());
        this.covered = Bindings.createBooleanBinding(
                () -> page.get() instanceof Page.Leaving
                        || page.get() instanceof Page.Open
                                && (!inside.get() || state.get() instanceof ClientState.Covered),
                page,
                state,
                inside);
        covered.addListener((_, _, _) -> takeIn());
    }

    /// Begins to follow the client.
    public void start() {
        states = client.onState(now -> work.onUi(() -> follow(now)));
        syncs = client.onSync(now -> work.onUi(() -> sync.set(now)));
    }

    /// The screen that is up.
    public ReadOnlyObjectProperty<Page> pageProperty() {
        return page.getReadOnlyProperty();
    }

    /// Where the client stands.
    public ReadOnlyObjectProperty<ClientState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Whether content must not be seen.
    public BooleanBinding coveredProperty() {
        return covered;
    }

    /// Where the user was.
    public Place place() {
        return place;
    }

    /// Files that were dropped while the vault was not open.
    public WaitingFilesViewModel waiting() {
        return waiting;
    }

    /// The user pressed the lock button.
    public void lock() {
        client.signal(LockSignal.LOCK_ASKED);
    }

    @Override
    public void close() {
        if (states != null) {
            states.close();
        }
        if (syncs != null) {
            syncs.close();
        }
        waiting.forget();
        endScreen();
        work.close();
    }

    private void opened(Library fresh) {
        library = fresh;
        opened = true;
        afterLock.opened();
        fresh.search().follow();
        follow(client.state());
    }

    private void follow(ClientState now) {
        if (page.get() instanceof Page.Leaving) {
            return;
        }
        state.set(now);
        if (leaves(now)) {
            return;
        }
        switch (now) {
            case ClientState.NotEnrolled _ -> enrol();
            case ClientState.Locked locked -> locked(locked);
            case ClientState.Unlocking _ -> {}
            case ClientState.Unlocked _ -> unlocked();
            case ClientState.Covered _ -> {}
            case ClientState.Wiped(var notice) -> {
                library = null;
                waiting.forget();
                WipedViewModel wiped = page.get() instanceof Page.Wiped(var same) ? same : new WipedViewModel(clock);
                wiped.show(notice);
                if (!(page.get() instanceof Page.Wiped)) {
                    go(new Page.Wiped(wiped));
                }
            }
        }
    }

    /// Drops what this process showed, which is in its memory all the same, and lets another one go on.
    private boolean leaves(ClientState now) {
        @Nullable
        LockReason reason =
                switch (now) {
                    case ClientState.Locked locked -> locked.reason();
                    case ClientState.Wiped(var notice)
                    when notice.finished().isAfter(Instant.EPOCH) -> LockReason.STARTED;
                    default -> null;
                };
        if (!opened || reason == null || !afterLock.isPlanned()) {
            return false;
        }
        library = null;
        go(new Page.Leaving());
        afterLock.locked(reason);
        return true;
    }

    private void enrol() {
        if (!(page.get() instanceof Page.Enrol)) {
            Work mine = beginScreen();
            page.set(new Page.Enrol(new EnrolViewModel(client, mine, clock, this::opened)));
        }
    }

    private void locked(ClientState.Locked locked) {
        library = null;
        if (page.get() instanceof Page.Locked(var same)) {
            same.show(locked);
        } else {
            Work mine = beginScreen();
            var recovery = new RecoverViewModel(client::recovery, client::recover, mine, this::opened);
            var renewal = new RenewPinViewModel(client::pinRules, client::renewPin, mine, this::opened);
            var model = new UnlockViewModel(client::unlock, recovery, renewal, mine, this::opened);
            model.show(locked);
            page.set(new Page.Locked(model));
        }
    }

    private void unlocked() {
        if (library == null) {
            // The documents come with the answer to the PIN, or when the user leaves the last page of enrolment.
            return;
        }
        if (!(page.get() instanceof Page.Open)) {
            Work mine = beginScreen();
            var open = new LibraryViewModel(library, client, mine, clock, place, state, sync);
            open.listing().readyProperty().addListener((_, _, _) -> takeIn());
            page.set(new Page.Open(open));
            takeIn();
        }
    }

    /// Not while covered: the lock that may follow would end the import halfway.
    private void takeIn() {
        if (page.get() instanceof Page.Open(var open)
                && !covered.get()
                && open.listing().readyProperty().get()) {
            open.commands().importFrom(waiting.take(), open.listing().folder());
        }
    }

    private void go(Page next) {
        endScreen();
        page.set(next);
    }

    private Work beginScreen() {
        endScreen();
        Work mine = work.scope();
        screenWork = mine;
        return mine;
    }

    private void endScreen() {
        if (page.get() instanceof Page.Open(var model)) {
            model.close();
        }
        if (screenWork != null) {
            screenWork.close();
            screenWork = null;
        }
    }
}
