package strongroom.desktop.library;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.work.Running;
import strongroom.desktop.work.Work;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;

/// One folder and what is in it. On the thread of the window.
public final class ListingViewModel {
    private final Library library;
    private final Work work;
    private final Place place;
    private final Consumer<ClientException> failed;
    private final ObservableList<Entry> path = FXCollections.observableArrayList();
    private final ObservableList<Entry> rows = FXCollections.observableArrayList();
    private final ObservableList<Entry> selection = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper filling = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(false);
    private List<Entry> all = List.of();
    private @Nullable Running loading;

    ListingViewModel(Library library, Work work, Place place, Consumer<ClientException> failed) {
        this.library = library;
        this.work = work;
        this.place = place;
        this.failed = failed;
    }

    /// Goes where the user was before the lock, or to the topmost folder.
    void start() {
        Id before = place.folder();
        if (before == null) {
            openRoot();
        } else {
            load(before, this::showSame);
        }
    }

    /// Goes to the topmost folder.
    public void openRoot() {
        load(null, read -> showNew(read, List.of()));
    }

    /// Goes to a folder.
    public void open(Id folder) {
        load(folder, read -> showNew(read, List.of()));
    }

    /// Goes to the folder around this one.
    public void up() {
        if (path.size() > 1) {
            Id left = folder();
            load(path.get(path.size() - 2).id(), read -> showNew(read, List.of(left)));
        }
    }

    /// Goes to a folder, selects something in it, and brings it in view.
    public void reveal(Id folder, Id entry) {
        load(folder, read -> {
            place.selected(List.of(entry));
            show(read, false);
        });
    }

    /// Reads the folder again; selection and position stay.
    public void refresh() {
        if (ready.get()) {
            load(folder(), this::showSame);
        } else {
            start();
        }
    }

    /// Reads the folder again; selects these where nothing is selected, so that nobody loses what they had.
    void refreshOffering(Collection<Id> entries) {
        if (selection.isEmpty()) {
            refreshSelecting(entries);
        } else {
            refresh();
        }
    }

    /// Reads the folder again, selects these, and brings them in view.
    void refreshSelecting(Collection<Id> entries) {
        place.selected(List.copyOf(entries));
        load(folder(), read -> show(read, false));
    }

    /// The user selected these rows.
    public void select(List<Entry> entries) {
        if (!filling.get()) {
            show(entries);
            place.selected(entries.stream().map(Entry::id).toList());
        }
    }

    /// The first row in view is this one.
    public void scrolledTo(Entry entry) {
        place.top(entry.id());
    }

    /// Sorts the rows.
    public void sort(Order by, boolean up) {
        if (by != place.order() || up != place.ascending()) {
            place.sortedBy(by, up);
            all = sorted(all);
            fill(false);
        }
    }

    /// What the rows are sorted by.
    public Order order() {
        return place.order();
    }

    /// Whether they are sorted upwards.
    public boolean ascending() {
        return place.ascending();
    }

    /// The folder shown. Only after the first one was read.
    public Id folder() {
        return path.getLast().id();
    }

    /// From the topmost folder to this one.
    public ObservableList<Entry> path() {
        return path;
    }

    /// What is in the folder, sorted.
    public ObservableList<Entry> rows() {
        return rows;
    }

    /// The selected rows.
    public ObservableList<Entry> selection() {
        return selection;
    }

    /// True before the rows are replaced: the view then says by {@link #scrolledTo} where it stands. False after
    /// that: the view then selects {@link #wanted()} and goes to {@link #topRow()}.
    public ReadOnlyBooleanProperty fillingProperty() {
        return filling.getReadOnlyProperty();
    }

    /// Whether a folder was read. A device that waits for its keys has none yet.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Whether the folder holds nothing at all.
    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    /// The rows to select.
    public List<Integer> wanted() {
        Set<Id> wanted = new HashSet<>(place.selected());
        return IntStream.range(0, rows.size())
                .filter(row -> wanted.contains(rows.get(row).id()))
                .boxed()
                .toList();
    }

    /// The row to have on top; -1 where there is none to return to.
    public int topRow() {
        Id top = place.top();
        return top == null ? -1 : rows.stream().map(Entry::id).toList().indexOf(top);
    }

    private void load(@Nullable Id folder, Consumer<Folder> show) {
        if (loading != null) {
            loading.drop();
        }
        loading = work.start(() -> read(folder), show, this::notRead);
    }

    private Folder read(@Nullable Id id) throws ClientException {
        Entry folder = id == null ? library.root() : library.entry(id);
        Deque<Entry> path = new ArrayDeque<>();
        path.addFirst(folder);
        while (!path.getFirst().parent().equals(path.getFirst().id())) {
            path.addFirst(library.entry(path.getFirst().parent()));
        }
        return new Folder(List.copyOf(path), library.list(folder.id()));
    }

    private void notRead(ClientException problem) {
        if (problem.problem() == Problem.NOT_FOUND) {
            // Another device removed the folder: the topmost one is always there.
            openRoot();
        } else if (problem.problem() != Problem.WAITING_FOR_APPROVAL) {
            failed.accept(problem);
        }
    }

    private void showNew(Folder read, List<Id> select) {
        boolean other = path.isEmpty() || !folder().equals(read.path.getLast().id());
        if (other) {
            place.selected(select);
        }
        show(read, !other);
    }

    private void showSame(Folder read) {
        show(read, true);
    }

    private void show(Folder read, boolean stay) {
        all = sorted(read.entries);
        if (!path.equals(read.path)) {
            path.setAll(read.path);
        }
        place.folder(folder());
        ready.set(true);
        empty.set(all.isEmpty());
        fill(stay);
    }

    /// @param stay whether what is in view stays in view
    private void fill(boolean stay) {
        filling.set(true);
        if (!stay) {
            place.top(null);
        }
        if (!rows.equals(all)) {
            // Synchronisation reports much that changes nothing here; a list that is left alone does not flicker.
            rows.setAll(all);
        }
        show(wanted().stream().map(rows::get).toList());
        filling.set(false);
    }

    private List<Entry> sorted(List<Entry> entries) {
        return entries.stream()
                .sorted(place.order().comparator(place.ascending()))
                .toList();
    }

    private void show(List<Entry> selected) {
        if (!selection.equals(selected)) {
            selection.setAll(selected);
        }
    }

    private record Folder(List<Entry> path, List<Entry> entries) {}
}
