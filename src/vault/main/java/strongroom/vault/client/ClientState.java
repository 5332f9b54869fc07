package strongroom.vault.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where the client stands. A switch over it has no default.
public sealed interface ClientState {
    /// No identity yet: enrolment is next.
    record NotEnrolled() implements ClientState {}

    /// Closed; nothing of the vault is in memory.
    ///
    /// @param person the display name the window may greet with
    /// @param triesLeft wrong PINs until the next pause, or -1 if whoever counts does not say
    /// @param thenDestroyed whether at the last of them the keys are destroyed, instead of a pause
    record Locked(LockReason reason, Instant since, String person, int triesLeft, boolean thenDestroyed)
            implements ClientState {
        /// Before a pause.
        public Locked(LockReason reason, Instant since, String person, int triesLeft) {
            this(reason, since, person, triesLeft, false);
        }
    }

    /// A PIN is being checked.
    record Unlocking() implements ClientState {}

    /// Open.
    ///
    /// @param approvalCode where this device still waits for another one to hand it the keys: the digits that both
    ///     show; null when it has them
    record Unlocked(
            String person, Assurance assurance, @Nullable String approvalCode) implements ClientState {}

    /// Open, but hidden: the lock follows when the grace is over, unless the focus comes back.
    record Covered(LockReason reason, Instant since) implements ClientState {}

    /// Destroyed by an order, or being destroyed.
    record Wiped(WipeNotice notice) implements ClientState {}
}
