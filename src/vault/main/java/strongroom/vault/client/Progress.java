package strongroom.vault.client;

/// How far a long call is; called on the thread of the call, often.
@FunctionalInterface
public interface Progress {
    /// Nobody looks.
    Progress NONE = (done, total, doneBytes, totalBytes) -> {};

    /// @param done things finished @param total things in all, -1 while they are still being counted
    /// @param doneBytes bytes finished @param totalBytes bytes in all, -1 while unknown
    void at(long done, long total, long doneBytes, long totalBytes);
}
