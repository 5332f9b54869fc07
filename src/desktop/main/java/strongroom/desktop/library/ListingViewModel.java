package strongroom.desktop.library;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
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
    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyIntegerWrapper filled = new ReadOnlyIntegerWrapper(0);
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(false);
    private List<Entry> all = List.of();
    private Order order = Order.NAME;
    private boolean ascending = true;
    private boolean filling;
    private @Nullable Running loading;

    ListingViewModel(Library library, Work work, Place place, Consumer<ClientException> failed) {
        this.library = library;
        this.work = work;
        this.place = place;
        this.failed = failed;
        filter.addListener((_, _, _) -> fill());
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

    /// Reads the folder again; selection and position stay.
    public void refresh() {
        if (ready.get()) {
            load(folder(), this::showSame);
        } else {
            start();
        }
    }

    /// Selects these once the folder has been read again.
    void refreshSelecting(Collection<Id> entries) {
        place.selected(List.copyOf(entries));
        refresh();
    }

    /// The user selected these rows.
    public void select(List<Entry> entries) {
        if (!filling) {
            selection.setAll(entries);
            place.selected(entries.stream().map(Entry::id).toList());
        }
    }

    /// The user scrolled to this row.
    public void scrolledTo(int row) {
        if (!filling) {
            place.firstRow(row);
        }
    }

    /// Sorts the rows.
    public void sort(Order by, boolean up) {
        order = by;
        ascending = up;
        fill();
    }

    /// The folder shown. Only after the first one was read.
    public Id folder() {
        return path.getLast().id();
    }

    /// From the topmost folder to this one.
    public ObservableList<Entry> path() {
        return path;
    }

    /// What is in the folder, filtered and sorted.
    public ObservableList<Entry> rows() {
        return rows;
    }

    /// The selected rows.
    public ObservableList<Entry> selection() {
        return selection;
    }

    /// Part of a name to look for in this folder.
    public StringProperty filterProperty() {
        return filter;
    }

    /// Grows whenever the rows were filled anew: the view then selects {@link #wanted()} and scrolls to
    /// {@link #firstRow()}.
    public ReadOnlyIntegerProperty filledProperty() {
        return filled.getReadOnlyProperty();
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
        return place.selected().stream()
                .map(id -> rows.stream().map(Entry::id).toList().indexOf(id))
                .filter(row -> row >= 0)
                .toList();
    }

    /// The row to scroll to.
    public int firstRow() {
        return Math.min(place.firstRow(), Math.max(0, rows.size() - 1));
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
            place.firstRow(0);
            place.selected(select);
            filter.set("");
        }
        showSame(read);
    }

    private void showSame(Folder read) {
        all = read.entries;
        if (!path.equals(read.path)) {
            path.setAll(read.path);
        }
        place.folder(folder());
        ready.set(true);
        empty.set(all.isEmpty());
        fill();
    }

    private void fill() {
        String part = Objects.requireNonNullElse(filter.get(), "").strip().toLowerCase(Locale.ROOT);
        filling = true;
        rows.setAll(all.stream()
                .filter(entry -> entry.name().toLowerCase(Locale.ROOT).contains(part))
                .sorted(order.comparator(ascending))
                .toList());
        filling = false;
        selection.setAll(wanted().stream().map(rows::get).toList());
        filled.set(filled.get() + 1);
    }

    private record Folder(List<Entry> path, List<Entry> entries) {}
}
