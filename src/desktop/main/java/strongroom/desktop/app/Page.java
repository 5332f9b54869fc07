package strongroom.desktop.app;

import strongroom.desktop.enrol.EnrolViewModel;
import strongroom.desktop.library.LibraryViewModel;
import strongroom.desktop.unlock.UnlockViewModel;
import strongroom.desktop.wiped.WipedViewModel;

/// The screens of the window. A switch over it has no default.
public sealed interface Page {
    /// Nothing is known yet.
    record Starting() implements Page {}

    /// First run.
    record Enrol(EnrolViewModel model) implements Page {}

    /// The lock screen.
    record Locked(UnlockViewModel model) implements Page {}

    /// The documents.
    record Open(LibraryViewModel model) implements Page {}

    /// The vault was shown by this process and is locked: another one shows the lock screen.
    record Leaving() implements Page {}

    /// Destroyed by an order.
    record Wiped(WipedViewModel model) implements Page {}
}
