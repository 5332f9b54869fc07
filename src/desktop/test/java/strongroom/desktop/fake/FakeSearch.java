package strongroom.desktop.fake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Progress;
import strongroom.vault.client.Search;
import strongroom.vault.client.SearchHit;
import strongroom.vault.client.SearchResult;
import strongroom.vault.client.SearchState;
import strongroom.vault.client.Subscription;

/// Finds by names and by what text documents say, and is in step until it is told otherwise.
public final class FakeSearch implements Search {
    private static final int BEFORE = 60;
    private static final int LENGTH = 200;

    private final FakeLibrary library;
    private final List<Consumer<SearchState>> listeners = new CopyOnWriteArrayList<>();
    private volatile SearchState state = new SearchState(0, 0);
    private final Gate answers = new Gate();

    FakeSearch(FakeLibrary library) {
        this.library = library;
    }

    /// How far it is from now on.
    public void go(SearchState now) {
        state = now;
        listeners.forEach(listener -> listener.accept(now));
    }

    /// Whether answers do not come.
    public void holdBack(boolean now) {
        answers.shut(now);
    }

    @Override
    public SearchResult find(String typed, int limit) throws ClientException {
        answers.pass();
        library.root();
        List<String> words = Stream.of(typed.toLowerCase(Locale.ROOT).split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        List<SearchHit> hits = new ArrayList<>();
        for (Entry entry : library.everything()) {
            String text = library.text(entry);
            String all = (entry.name() + " " + text).toLowerCase(Locale.ROOT);
            if (hits.size() < limit && !words.isEmpty() && words.stream().allMatch(all::contains)) {
                hits.add(hit(entry, text, words));
            }
        }
        return new SearchResult(hits, state.isInStep());
    }

    private SearchHit hit(Entry entry, String text, List<String> words) throws ClientException {
        String path = library.path(entry.id());
        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        String lower = text.toLowerCase(Locale.ROOT);
        int first = words.stream()
                .mapToInt(lower::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(0);
        int from = Math.max(0, first - BEFORE);
        String snippet = text.substring(from, Math.min(text.length(), from + LENGTH));
        List<SearchHit.Mark> marks = new ArrayList<>();
        for (String word : words) {
            int at = snippet.toLowerCase(Locale.ROOT).indexOf(word);
            while (at >= 0) {
                marks.add(new SearchHit.Mark(at, at + word.length()));
                at = snippet.toLowerCase(Locale.ROOT).indexOf(word, at + 1);
            }
        }
        marks.sort(Comparator.comparing(SearchHit.Mark::from));
        return new SearchHit(entry, folder, snippet, marks);
    }

    @Override
    public void follow() {}

    @Override
    public void catchUp(Progress progress) {}

    @Override
    public Subscription onState(Consumer<SearchState> listener) {
        listeners.add(listener);
        listener.accept(state);
        return () -> listeners.remove(listener);
    }
}
