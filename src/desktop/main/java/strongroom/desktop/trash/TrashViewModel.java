package strongroom.desktop.trash;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.pin.PinAgainViewModel;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Running;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.History;
import strongroom.vault.client.Problem;
import strongroom.vault.client.TrashedEntry;

/// What is in the trash, how it is brought back, and how it is destroyed. It knows nothing before the first
/// {@link #load()} and forgets everything at {@link #forget()}. On the thread of the window.
public final class TrashViewModel {
    private final History history;
    private final Work work;
    private final Clock clock;
    private final PinAgainViewModel pinAgain;
    private final Consumer<String> done;
    private final Consumer<ClientException> failed;
    private final ObservableList<TrashedEntry> entries = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private @Nullable Running loading;

    /// @param work closed by the caller @param done told in a sentence what was done @param failed told what was not
    public TrashViewModel(
            History history,
            Work work,
            Clock clock,
            PinAgainViewModel pinAgain,
            Consumer<String> done,
            Consumer<ClientException> failed) {
        this.history = history;
        this.work = work;
        this.clock = clock;
        this.pinAgain = pinAgain;
        this.done = done;
        this.failed = failed;
    }

    /// What is in the trash, what was deleted last first.
    public ObservableList<TrashedEntry> entries() {
        return entries;
    }

    /// Whether it is known that nothing is in the trash.
    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    /// While something is brought back or destroyed.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// How many documents are in the trash.
    public long documents() {
        return documents(entries);
    }

    /// How many documents these are or hold.
    public static long documents(List<TrashedEntry> some) {
        return some.stream().mapToLong(TrashedEntry::documents).sum();
    }

    /// For showing moments.
    public Clock clock() {
        return clock;
    }

    /// Reads it again.
    public void load() {
        if (loading != null) {
            loading.drop();
        }
        loading = work.start(history::trash, this::show, this::notRead);
    }

    /// Forgets what it showed.
    public void forget() {
        if (loading != null) {
            loading.drop();
            loading = null;
        }
        entries.clear();
        empty.set(false);
    }

    /// Brings these back to where they were.
    public void restore(List<TrashedEntry> chosen) {
        change(chosen, "trash.restored", () -> {
            for (TrashedEntry one : chosen) {
                history.restore(one.id());
            }
        });
    }

    /// Destroys these for good. The user has confirmed.
    public void purge(List<TrashedEntry> chosen) {
        change(chosen, "trash.purged", () -> {
            for (TrashedEntry one : chosen) {
                history.purge(one.id());
            }
        });
    }

    /// Destroys everything in the trash for good. The user has confirmed.
    public void empty() {
        change(List.copyOf(entries), "trash.emptied", history::emptyTrash);
    }

    private void change(List<TrashedEntry> chosen, String said, Work.Action action) {
        if (chosen.isEmpty() || busy.get()) {
            return;
        }
        busy.set(true);
        String sentence =
                Text.of(said, chosen.size(), Shown.name(chosen.getFirst().name()));
        work.start(
                action,
                () -> {
                    done.accept(sentence);
                    settle();
                },
                problem -> {
                    if (!pinAgain.asks(problem, () -> change(chosen, said, action))) {
                        failed.accept(problem);
                    }
                    settle();
                });
    }

    /// What was done before something failed is done, so it is read again in any case.
    private void settle() {
        busy.set(false);
        load();
    }

    private void show(List<TrashedEntry> found) {
        if (!entries.equals(found)) {
            entries.setAll(found);
        }
        empty.set(found.isEmpty());
    }

    private void notRead(ClientException problem) {
        if (problem.problem() != Problem.WAITING_FOR_APPROVAL) {
            failed.accept(problem);
        }
    }
}
