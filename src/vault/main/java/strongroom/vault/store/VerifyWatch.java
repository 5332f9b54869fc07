package strongroom.vault.store;

/// Told how far a check is, on the thread of the check.
@FunctionalInterface
public interface VerifyWatch {
    /// Nobody looks.
    VerifyWatch NONE = (done, total, doneBytes, totalBytes) -> {};

    /// How far it is. @param done documents checked @param total documents in all
    /// @param doneBytes bytes of content checked @param totalBytes bytes of content in all
    void at(long done, long total, long doneBytes, long totalBytes);
}
