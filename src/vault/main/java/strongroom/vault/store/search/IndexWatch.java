package strongroom.vault.store.search;

/// Told how far the index is behind the documents, on a thread of the work.
@FunctionalInterface
public interface IndexWatch {
    /// Nobody looks.
    IndexWatch NONE = (done, total) -> {};

    /// @param done entries that were brought in step @param total how many had to be; equal at the end
    void at(long done, long total);
}
