package strongroom.vault.sync;

import java.time.Instant;

/// How this device stands to the server. A switch over it has no default.
public sealed interface SyncStatus {
    /// Nothing was tried yet, or there is nobody to talk to.
    record Unknown() implements SyncStatus {}

    /// The server has everything that was made here, and everything it has is here.
    record UpToDate(Instant since) implements SyncStatus {}

    /// Transfers are under way.
    ///
    /// @param chunksUp still to send, as far as known @param chunksDown still to fetch, as far as known
    record Syncing(int chunksUp, int chunksDown) implements SyncStatus {}

    /// No connection, or the server refuses; changes wait.
    ///
    /// @param pending changes that wait
    /// @param refused whether the server answers and refuses this device; otherwise nobody answers, or it is busy
    /// @param why for the user
    record Offline(int pending, boolean refused, String why) implements SyncStatus {}

    /// Something is wrong with the channel or with what the server says: nothing is sent until it is cleared.
    ///
    /// @param contradiction whether the server contradicted itself; otherwise the channel was refused
    /// @param why for the user
    record Denied(boolean contradiction, String why) implements SyncStatus {}
}
