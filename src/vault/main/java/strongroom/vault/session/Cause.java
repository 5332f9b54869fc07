package strongroom.vault.session;

/// Why a vault is covered or locked.
public enum Cause {
    /// The program has just started.
    STARTED,
    /// The user asked.
    ASKED,
    /// No own window has the focus.
    FOCUS_LOST,
    /// The window was minimised.
    MINIMISED,
    /// Nothing was typed or moved for long.
    IDLE,
    /// The desktop session was locked.
    SESSION_LOCKED,
    /// The machine goes to sleep.
    SLEEP,
    /// The wall clock and the running time disagree.
    CLOCK_JUMP,
    /// An order froze the device.
    FROZEN
}
