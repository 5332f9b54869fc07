package strongroom.desktop.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Progress;
import strongroom.vault.client.Search;
import strongroom.vault.client.SearchHit;
import strongroom.vault.client.SearchResult;
import strongroom.vault.client.SearchState;
import strongroom.vault.client.Subscription;

/// Finds by names alone, and is always in step.
final class FakeSearch implements Search {
    private final FakeLibrary library;
    private final Supplier<List<Entry>> entries;

    FakeSearch(FakeLibrary library, Supplier<List<Entry>> entries) {
        this.library = library;
        this.entries = entries;
    }

    @Override
    public SearchResult find(String typed, int limit) throws ClientException {
        List<SearchHit> hits = new ArrayList<>();
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        for (Entry entry : entries.get()) {
            if (hits.size() < limit
                    && !wanted.isEmpty()
                    && entry.name().toLowerCase(Locale.ROOT).contains(wanted)) {
                hits.add(new SearchHit(entry, library.path(entry.parent()), "", List.of()));
            }
        }
        return new SearchResult(hits, true);
    }

    @Override
    public void follow() {}

    @Override
    public void catchUp(Progress progress) {}

    @Override
    public Subscription onState(Consumer<SearchState> listener) {
        listener.accept(new SearchState(0, 0));
        return () -> {};
    }
}
