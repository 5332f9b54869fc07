package strongroom.vault.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.store.Documents;
import strongroom.vault.store.Item;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;
import strongroom.vault.store.search.Hit;
import strongroom.vault.store.search.IndexKeeper;

/// The search of one unlock. What it finds is shown as the catalogue has it: a hit that is gone meanwhile is left out.
final class LocalSearch implements Search, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSearch.class);

    private final UnlockedVault vault;
    private final Watched<SearchState> state = new Watched<>(SearchState.UNKNOWN);
    private @Nullable IndexKeeper keeper;
    private boolean closed;

    LocalSearch(UnlockedVault vault) {
        this.vault = vault;
    }

    @Override
    public SearchResult find(String typed, int limit) throws ClientException {
        try {
            boolean complete = state.get().isInStep();
            Documents documents = vault.documents();
            List<SearchHit> hits = new ArrayList<>();
            for (Hit hit : vault.store().search().search(typed, limit)) {
                show(documents, hit, hits);
            }
            return new SearchResult(hits, complete);
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    private static void show(Documents documents, Hit hit, List<SearchHit> hits) throws StoreException {
        try {
            Item item = documents.entry(hit.entry());
            List<SearchHit.Mark> marks = hit.marks().stream()
                    .map(mark -> new SearchHit.Mark(mark.from(), mark.to()))
                    .toList();
            hits.add(new SearchHit(LocalLibrary.shown(item), documents.path(item.parent()), hit.snippet(), marks));
        } catch (StoreException e) {
            if (e.why() != StoreException.Why.NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public synchronized void follow() {
        if (keeper == null && !closed) {
            VaultStore store = vault.store();
            keeper = new IndexKeeper(
                    store::search,
                    store.corpus(),
                    (done, total) -> state.set(new SearchState(done, total)),
                    e -> LOG.warn("the search is not in step: {}", e.why()));
        }
    }

    @Override
    public void catchUp(Progress progress) throws ClientException {
        try {
            VaultStore store = vault.store();
            store.search().update(store.corpus(), (done, total) -> {
                state.set(new SearchState(done, total));
                progress.at(done, total, -1, -1);
            });
            store.search().expunge();
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public Subscription onState(Consumer<SearchState> listener) {
        return state.watch(listener);
    }

    /// The documents may look different. Returns at once.
    synchronized void changed() {
        state.set(SearchState.UNKNOWN);
        if (keeper != null) {
            keeper.changed();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (keeper != null) {
            keeper.close();
        }
    }
}
