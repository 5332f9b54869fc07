package strongroom.vault.client;

import java.time.Duration;

/// What came of a PIN. A switch over it has no default.
public sealed interface UnlockResult {
    /// Open.
    ///
    /// @param library valid until the lock; then every call on it fails with {@link Problem#LOCKED}
    record Opened(Library library) implements UnlockResult {}

    /// Wrong; a try was counted.
    ///
    /// @param triesLeft until the next pause, or -1 if whoever counts does not say
    record WrongPin(int triesLeft) implements UnlockResult {}

    /// No try is left.
    ///
    /// @param pause how long until the next try, zero if unknown
    record Paused(Duration pause) implements UnlockResult {}

    /// The seal does not open for a reason other than the PIN; the sentence says what and what to do.
    record Refused(Problem problem, String sentence) implements UnlockResult {}
}
