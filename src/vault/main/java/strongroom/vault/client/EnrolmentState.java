package strongroom.vault.client;

import java.time.Instant;

/// Whether this device's enrolment is finished: it is when two ways into its store were opened for proof. Nobody
/// is kept from working until then. A switch over it has no default.
public sealed interface EnrolmentState {
    /// Nobody can tell: the device has not enrolled, or the vault is locked.
    record NotKnown() implements EnrolmentState {}

    /// There is one way in only, or the other one was not shown to open as it is now.
    ///
    /// @param missing what is
    record Unfinished(Missing missing) implements EnrolmentState {}

    /// Two ways in were opened.
    ///
    /// @param shown when the second one was shown last to open; where administrators are it, when the person's keys
    ///     were last seen to be left for them
    /// @param due whether the person should show it again
    record Finished(Instant shown, boolean due) implements EnrolmentState {}

    /// What keeps an enrolment from being finished.
    enum Missing {
        /// There is no recovery code.
        SECOND_WAY,
        /// There is one, and it was not shown to open what lies on the disk now.
        PROOF_OF_CODE,
        /// Administrators are the second way, and the person's keys were not left for them yet.
        KEYS_FOR_ADMINISTRATORS,
        /// No PIN has opened the store since the device enrolled.
        PIN
    }
}
