package strongroom.vault.client;

import java.util.function.Consumer;

/// Finds documents and folders of an unlocked vault by their names and by the words in them. All calls may be made from
/// any thread; after the lock every call throws {@link Problem#LOCKED}. What it keeps on disk is sealed.
public interface Search {
    /// What holds all the words, best first. Quick enough for every key that is typed; the last word may be only begun,
    /// and `"words in quotes"` stand in that order.
    ///
    /// @param typed as it stands in the box @param limit most hits
    SearchResult find(String typed, int limit) throws ClientException;

    /// Begins to keep the search in step with the documents in the background, until the lock. Returns at once; does
    /// nothing the second time.
    void follow();

    /// Brings the search in step with the documents now, and waits until it is. What is left in it of documents that
    /// are gone is removed, too.
    ///
    /// @param progress counts documents; of bytes it knows nothing (-1)
    void catchUp(Progress progress) throws ClientException;

    /// Called with the present state at once and with each new one, on any thread.
    Subscription onState(Consumer<SearchState> listener);
}
