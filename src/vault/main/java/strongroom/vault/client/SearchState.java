package strongroom.vault.client;

/// How far the search is behind the documents.
///
/// @param done documents that were brought in step @param total how many had to be; equal when it is in step, -1 while
///     nobody knows
public record SearchState(long done, long total) {
    /// Before anybody looked.
    static final SearchState UNKNOWN = new SearchState(0, -1);

    /// Whether everything can be found.
    public boolean isInStep() {
        return done == total;
    }
}
