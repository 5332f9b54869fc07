package strongroom.desktop.search;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Problem;
import strongroom.vault.client.Search;
import strongroom.vault.client.SearchHit;
import strongroom.vault.client.SearchResult;
import strongroom.vault.client.SearchState;
import strongroom.vault.client.Subscription;

/// What is looked for and what was found. Asks while somebody types, after a short rest; only the answer to what stands
/// in the box now is ever shown. Closing it forgets the words and the answer. On the thread of the window.
public final class SearchViewModel implements AutoCloseable {
    /// The most that is shown: whoever looks for something adds a word rather than reading on.
    public static final int MOST = 100;

    private static final Duration REST = Duration.ofMillis(150);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Search search;
    private final Work work;
    private final Consumer<Entry> open;
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper active = new ReadOnlyBooleanWrapper(false);
    private final ObservableList<SearchHit> hits = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable SearchHit> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper reading = new ReadOnlyStringWrapper("");
    private final AtomicReference<@Nullable SearchState> latest = new AtomicReference<>();
    private final Subscription states;
    private long turn;
    private boolean asking;
    private boolean askAgain;
    private boolean openWhenFound;

    /// @param work closed by the caller @param open shows a document or a folder
    public SearchViewModel(Search search, Work work, Consumer<Entry> open) {
        this.search = search;
        this.work = work;
        this.open = open;
        query.addListener((_, _, _) -> typed());
        states = search.onState(this::told);
    }

    /// What is looked for, as it stands in the box.
    public StringProperty queryProperty() {
        return query;
    }

    /// Whether anything is looked for.
    public ReadOnlyBooleanProperty activeProperty() {
        return active.getReadOnlyProperty();
    }

    /// What was found, best first.
    public ObservableList<SearchHit> hits() {
        return hits;
    }

    /// The hit that is to be opened; null if there is none.
    public ReadOnlyObjectProperty<@Nullable SearchHit> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// How much was found, in words; empty while nothing is looked for.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// Why there is nothing to see, in a sentence; empty unless an answer came and holds nothing.
    public ReadOnlyStringProperty nothingProperty() {
        return nothing.getReadOnlyProperty();
    }

    /// What went wrong; empty if nothing did.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// How far the search is behind the documents, in words; empty if it is in step.
    public ReadOnlyStringProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /// The user went to a hit.
    public void choose(SearchHit hit) {
        chosen.set(hit);
    }

    /// Opens the chosen hit; the first one of the answer if that is still to come.
    public void open() {
        SearchHit hit = chosen.get();
        if (asking) {
            openWhenFound = active.get();
        } else if (hit != null) {
            open.accept(hit.entry());
        }
    }

    /// Asks again: the documents changed. What is chosen stays chosen if it is still found.
    public void refresh() {
        if (asking) {
            askAgain = true;
        } else if (active.get()) {
            ask(++turn);
        }
    }

    /// Forgets what was looked for, and the answer.
    public void clear() {
        query.set("");
    }

    @Override
    public void close() {
        states.close();
        clear();
    }

    private void typed() {
        long mine = ++turn;
        openWhenFound = false;
        askAgain = false;
        active.set(!query.get().isBlank());
        if (active.get()) {
            asking = true;
            work.after(REST, () -> {
                if (mine == turn) {
                    chosen.set(null);
                    ask(mine);
                }
            });
        } else {
            asking = false;
            forget();
        }
    }

    private void forget() {
        chosen.set(null);
        hits.clear();
        summary.set("");
        nothing.set("");
        message.set("");
    }

    /// A question that was overtaken is not interrupted, which could close a file of the index under the next one; its
    /// answer is dropped.
    private void ask(long mine) {
        String typed = query.get();
        asking = true;
        work.start(
                () -> search.find(typed, MOST),
                result -> {
                    if (mine == turn) {
                        show(result);
                    }
                },
                problem -> {
                    if (mine == turn) {
                        failed(problem);
                    }
                });
    }

    private void show(SearchResult result) {
        asking = false;
        message.set("");
        SearchHit before = chosen.get();
        if (!hits.equals(result.hits())) {
            chosen.set(null);
            hits.setAll(result.hits());
        }
        chosen.set(sameOrFirst(before));
        int found = result.hits().size();
        summary.set(found == 0 ? "" : Text.of(found < MOST ? "search.found" : "search.most", found));
        nothing.set(found > 0 ? "" : Text.of(result.complete() ? "search.nothing" : "search.nothingYet"));
        if (openWhenFound) {
            openWhenFound = false;
            open();
        } else if (askAgain) {
            askAgain = false;
            refresh();
        } else if (!result.complete()) {
            long mine = turn;
            work.after(LOOK_AGAIN, () -> {
                if (mine == turn) {
                    refresh();
                }
            });
        }
    }

    private @Nullable SearchHit sameOrFirst(@Nullable SearchHit before) {
        return hits.stream()
                .filter(hit ->
                        before != null && hit.entry().id().equals(before.entry().id()))
                .findFirst()
                .orElse(hits.isEmpty() ? null : hits.getFirst());
    }

    private void failed(ClientException problem) {
        asking = false;
        forget();
        if (problem.problem() != Problem.LOCKED) {
            message.set(problem.getMessage());
        }
    }

    /// On any thread, for every document that was read; the window is told once per frame at most.
    private void told(SearchState now) {
        if (latest.getAndSet(now) == null) {
            work.onUi(this::showState);
        }
    }

    private void showState() {
        SearchState now = latest.getAndSet(null);
        if (now != null) {
            // While nobody knows how much there is to read, there is nothing to say; it takes a moment only.
            boolean behind = now.total() > now.done();
            reading.set(behind ? Text.of("search.reading", now.done(), now.total()) : "");
        }
    }
}
