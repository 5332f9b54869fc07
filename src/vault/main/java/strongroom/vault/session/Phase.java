package strongroom.vault.session;

/// Where a vault stands.
public enum Phase {
    /// Closed: no key, no name, no content in this process.
    LOCKED,
    /// A PIN is being checked.
    UNLOCKING,
    /// Open.
    UNLOCKED,
    /// Open and hidden, about to lock.
    COVERED,
    /// Destroyed. There is no way back.
    WIPED
}
