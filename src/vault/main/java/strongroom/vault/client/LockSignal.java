package strongroom.vault.client;

/// What the window or the operating system noticed; the core decides what follows.
public enum LockSignal {
    /// One of our own windows has the focus.
    FOCUS_GAINED,
    /// No own window has it.
    FOCUS_LOST,
    /// The main window was minimised.
    MINIMISED,
    /// A key was pressed or the pointer moved in an own window.
    ACTIVITY,
    /// The desktop session was locked or another user switched to.
    SESSION_LOCKED,
    /// The machine goes to sleep, or the lid closed.
    SLEEP,
    /// The user pressed the lock button.
    LOCK_ASKED
}
