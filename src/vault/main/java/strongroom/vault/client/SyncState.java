package strongroom.vault.client;

import java.time.Instant;

/// How this device stands to the server. A switch over it has no default.
public sealed interface SyncState {
    /// The agent has not said anything yet.
    record Unknown() implements SyncState {}

    /// The server has everything and so has this device.
    record UpToDate(Instant since) implements SyncState {}

    /// Transfers under way.
    ///
    /// @param chunksUp ciphertext chunks still to send
    /// @param chunksDown ciphertext chunks still to fetch
    record Syncing(int chunksUp, int chunksDown) implements SyncState {}

    /// No connection; work goes on, changes wait.
    ///
    /// @param pending changes that wait
    /// @param why one sentence for the user
    record Offline(int pending, String why) implements SyncState {}

    /// Something is wrong with the channel or the server: nothing is sent until it is cleared.
    ///
    /// @param why one sentence for the user: what was seen, what to do
    record Denied(String why) implements SyncState {}
}
