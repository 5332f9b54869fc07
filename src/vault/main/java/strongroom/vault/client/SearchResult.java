package strongroom.vault.client;

import java.util.List;

/// What was found.
///
/// @param hits best first @param complete whether every document could be found when this was looked for
public record SearchResult(List<SearchHit> hits, boolean complete) {
    /// Copies the list.
    public SearchResult {
        hits = List.copyOf(hits);
    }
}
