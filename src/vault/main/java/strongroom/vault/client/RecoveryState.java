package strongroom.vault.client;

import java.time.Instant;

/// Whether there is a second way into this device's store, for the day when the machine does not open it any
/// more. A switch over it has no default.
public sealed interface RecoveryState {
    /// None: the PIN with this machine is the one way in.
    record None() implements RecoveryState {}

    /// A recovery code that somebody printed and typed back.
    ///
    /// @param number stands on the sheet, so that its owner knows which one counts; no secret
    /// @param made when
    record Sheet(String number, Instant made) implements RecoveryState {}

    /// No code may open this device, because the organisation's server takes part in opening it: administrators
    /// bring the person's keys back.
    record ByAdministrators() implements RecoveryState {}
}
