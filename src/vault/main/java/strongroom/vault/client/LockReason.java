package strongroom.vault.client;

/// Why the vault is locked; the lock screen says it.
public enum LockReason {
    /// The program has just started.
    STARTED,
    /// The user asked for it.
    ASKED,
    /// No window of ours has the focus any more.
    FOCUS_LOST,
    /// The window was minimised.
    MINIMISED,
    /// Nothing was typed or moved for the time the policy allows.
    IDLE,
    /// The session of the desktop was locked.
    SESSION_LOCKED,
    /// The machine is going to sleep.
    SLEEP,
    /// The clock jumped.
    CLOCK_JUMP,
    /// An administrator ordered a freeze.
    FROZEN
}
