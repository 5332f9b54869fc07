package strongroom.vault.client;

import java.time.Instant;

/// Whether the folder of an unlocked vault is as it was left, by a counter in the machine that nobody sets back.
public sealed interface FolderState {
    /// Not known: the vault is locked, this machine has no such counter, or it has not answered.
    record NotChecked() implements FolderState {}

    /// As it was left.
    record AsLeft() implements FolderState {}

    /// It was put back to an older state, and nobody has taken note of it yet.
    ///
    /// @param from about when it was in that state
    record SetBack(Instant from) implements FolderState {}

    /// The counter is gone or is another one, and nobody has taken note of it yet. Whether the folder was set back
    /// cannot be told.
    ///
    /// @param from until when it is known that it was not
    record CounterLost(Instant from) implements FolderState {}
}
