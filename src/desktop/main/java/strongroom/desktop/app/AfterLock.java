package strongroom.desktop.app;

import strongroom.vault.client.LockReason;

/// What is done for and after the lock of a vault that this process showed. On the thread of the window.
public interface AfterLock {
    /// Whether another process shows what comes after the lock.
    boolean isPlanned();

    /// The vault is open.
    void opened();

    /// It is locked, or wiped, and nothing of it is shown any more: lets the other process go on. Only if that is
    /// planned.
    void locked(LockReason reason);
}
