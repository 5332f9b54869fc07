package strongroom.desktop.library;

import java.time.Clock;
import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.devices.DevicesViewModel;
import strongroom.desktop.document.DocumentViewModel;
import strongroom.desktop.document.PreviewViewModel;
import strongroom.desktop.pin.ChangePinViewModel;
import strongroom.desktop.pin.PinAgainViewModel;
import strongroom.desktop.recovery.ProveCodeViewModel;
import strongroom.desktop.recovery.RecoveryCodeViewModel;
import strongroom.desktop.recovery.SecondWayViewModel;
import strongroom.desktop.search.SearchViewModel;
import strongroom.desktop.setback.SetBackViewModel;
import strongroom.desktop.trash.TrashViewModel;
import strongroom.desktop.versions.VersionsViewModel;
import strongroom.desktop.work.Work;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;
import strongroom.vault.client.LockSignal;
import strongroom.vault.client.Subscription;
import strongroom.vault.client.SyncState;
import strongroom.vault.client.VaultClient;

/// The main screen: the list, the tree of folders, the preview, the open document, and what can be done. Made after
/// an unlock and closed at the lock. On the thread of the window.
public final class LibraryViewModel implements AutoCloseable {
    private static final Duration REFRESH_AT_MOST_EVERY = Duration.ofMillis(200);

    private final Library library;
    private final VaultClient client;
    private final Work work;
    private final Clock clock;
    private final Place place;
    private final PinAgainViewModel pinAgain;
    private final CommandsViewModel commands;
    private final FolderTreeViewModel tree;
    private final PreviewViewModel preview;
    private final SearchViewModel search;
    private final TrashViewModel trash;
    private final StatusViewModel status;
    private final SecondWayViewModel secondWay;
    private final SetBackViewModel setBack;
    private final ReadOnlyObjectWrapper<@Nullable DocumentViewModel> document = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Section> section = new ReadOnlyObjectWrapper<>(Section.FOLDER);
    private final Subscription changes;
    /// Where the user comes back to when the search ends.
    private Section beforeSearch = Section.FOLDER;

    private boolean refreshing;

    /// @param work closed by the caller
    public LibraryViewModel(
            Library library,
            VaultClient client,
            Work work,
            Clock clock,
            Place place,
            ObservableValue<ClientState> state,
            ObservableValue<SyncState> sync) {
        this.library = library;
        this.client = client;
        this.work = work;
        this.clock = clock;
        this.place = place;
        pinAgain = new PinAgainViewModel(client::provePin, work);
        commands = new CommandsViewModel(library, work, place, pinAgain);
        tree = new FolderTreeViewModel(library, work);
        preview = new PreviewViewModel(library, work);
        search = new SearchViewModel(library.search(), work, this::open);
        search.queryProperty().addListener((_, _, _) -> looked());
        trash = new TrashViewModel(
                library.history(), work, clock, pinAgain, done -> commands.say(Notice.done(done)), commands::tell);
        status = new StatusViewModel(client, work, clock, state, sync);
        secondWay = new SecondWayViewModel(client, work, clock);
        setBack = new SetBackViewModel(client, work, clock);
        listing().selection().addListener((ListChangeListener<Entry>) _ -> showPreview());
        status.approvalCodeProperty().addListener((_, _, _) -> changed());
        changes = library.onChange(() -> work.onUi(this::changed));
        listing().start();
        tree.refresh();
        if (place.inTrash()) {
            openTrash();
        }
        reopen();
    }

    /// The folder shown.
    public ListingViewModel listing() {
        return commands.listing();
    }

    /// What can be done.
    public CommandsViewModel commands() {
        return commands;
    }

    /// The PIN once more, where the organisation wants it.
    public PinAgainViewModel pinAgain() {
        return pinAgain;
    }

    /// The tree of folders.
    public FolderTreeViewModel tree() {
        return tree;
    }

    /// The preview of the one selected document.
    public PreviewViewModel preview() {
        return preview;
    }

    /// What is looked for, and what was found.
    public SearchViewModel search() {
        return search;
    }

    /// What was deleted.
    public TrashViewModel trash() {
        return trash;
    }

    /// What is shown while no document is open.
    public ReadOnlyObjectProperty<Section> sectionProperty() {
        return section.getReadOnlyProperty();
    }

    /// Who is signed in, and how it stands with the server.
    public StatusViewModel status() {
        return status;
    }

    /// Whether there is a second way in.
    public SecondWayViewModel secondWay() {
        return secondWay;
    }

    /// Whether the folder is as it was left.
    public SetBackViewModel setBack() {
        return setBack;
    }

    /// For showing moments.
    public Clock clock() {
        return clock;
    }

    /// The open document; null while the list is shown.
    public ReadOnlyObjectProperty<@Nullable DocumentViewModel> documentProperty() {
        return document.getReadOnlyProperty();
    }

    /// Opens a folder in the list, or a document in the viewer.
    public void open(Entry entry) {
        if (entry.isFolder()) {
            openFolder(entry.id());
        } else {
            open(entry, 0);
        }
    }

    /// The earlier versions of a document; the caller closes it.
    public VersionsViewModel versions(Entry entry) {
        return new VersionsViewModel(library.history(), entry, work.scope(), clock);
    }

    /// Opens an earlier version of a document in the viewer. After a lock it is not open again: the list is shown.
    public void openVersion(Entry entry, EarlierVersion version) {
        closeDocument();
        document.set(DocumentViewModel.earlier(library.history(), entry, version, work.scope()));
    }

    /// Makes the version that is open the present one, and goes back.
    public void restoreVersion(DocumentViewModel open) {
        EarlierVersion version = open.version();
        if (version != null) {
            closeDocument();
            commands.restoreVersion(open.entry(), version);
        }
    }

    /// Shows a folder of the tree.
    public void openFolder(Id folder) {
        go(Section.FOLDER);
        listing().open(folder);
    }

    /// Shows where something is: its folder, with it selected.
    public void showInFolder(Entry entry) {
        go(Section.FOLDER);
        listing().reveal(entry.parent(), entry.id());
    }

    /// Shows the topmost folder.
    public void openRoot() {
        go(Section.FOLDER);
        listing().openRoot();
    }

    /// Shows what was deleted.
    public void openTrash() {
        go(Section.TRASH);
        trash.load();
    }

    /// Goes back from the viewer to the list.
    public void closeDocument() {
        DocumentViewModel open = document.get();
        if (open != null) {
            document.set(null);
            open.close();
            place.document(null);
        }
    }

    /// The devices of this person; the caller closes it.
    public DevicesViewModel devices() {
        return new DevicesViewModel(library, work.scope());
    }

    /// A change of the PIN. @param changed told when it is done
    public ChangePinViewModel changePin(Runnable changed) {
        return new ChangePinViewModel(client::changePin, work, client.pinRules().shortest(), _ -> changed.run());
    }

    /// A new recovery code; the caller closes it. @param counts told when it counts
    public RecoveryCodeViewModel recoveryCode(Runnable counts) {
        return new RecoveryCodeViewModel(client, work, secondWay.state(), clock, () -> {
            secondWay.look();
            counts.run();
        });
    }

    /// The proof that the recovery code still opens. @param proved told when it did
    public ProveCodeViewModel proveCode(Runnable proved) {
        return new ProveCodeViewModel(client::proveRecoveryCode, work, secondWay.state(), proved);
    }

    /// Asks the core to lock.
    public void lock() {
        client.signal(LockSignal.LOCK_ASKED);
    }

    @Override
    public void close() {
        changes.close();
        status.close();
        secondWay.close();
        setBack.close();
        search.close();
        trash.forget();
        commands.notices().clear();
        DocumentViewModel open = document.get();
        if (open != null) {
            // The place keeps the document's id, so that it opens again after the next unlock.
            document.set(null);
            open.close();
        }
    }

    private void go(Section next) {
        closeDocument();
        beforeSearch = next;
        section.set(next);
        search.clear();
        place.inTrash(next == Section.TRASH);
        if (next != Section.TRASH) {
            trash.forget();
        }
    }

    /// Words in the box bring the answer in the place of whatever is shown; without any, it is as before.
    private void looked() {
        Section shown = section.get();
        if (search.activeProperty().get()) {
            closeDocument();
            beforeSearch = shown == Section.SEARCH ? beforeSearch : shown;
            section.set(Section.SEARCH);
        } else if (shown == Section.SEARCH) {
            section.set(beforeSearch);
            if (beforeSearch == Section.TRASH) {
                trash.load();
            }
        }
    }

    private void open(Entry entry, int position) {
        closeDocument();
        place.document(entry.id());
        place.position(position);
        document.set(new DocumentViewModel(library, entry, work.scope(), position, place::position));
    }

    private void reopen() {
        Id before = place.document();
        if (before != null) {
            int position = place.position();
            work.start(() -> library.entry(before), entry -> open(entry, position), _ -> place.document(null));
        }
    }

    private void changed() {
        if (!refreshing) {
            // Sync may report a thousand changes in a second; the list is read once for all that came meanwhile.
            refreshing = true;
            work.after(REFRESH_AT_MOST_EVERY, () -> {
                refreshing = false;
                listing().refresh();
                tree.refresh();
                search.refresh();
                if (section.get() == Section.TRASH) {
                    trash.load();
                }
            });
        }
    }

    private void showPreview() {
        var selection = listing().selection();
        preview.show(selection.size() == 1 ? selection.getFirst() : null);
    }
}
