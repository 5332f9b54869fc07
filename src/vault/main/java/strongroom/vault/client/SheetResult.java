package strongroom.vault.client;

/// What came of asking for a recovery code. A switch over it has no default.
public sealed interface SheetResult {
    /// Made; it does not count yet.
    ///
    /// @param sheet closed by the caller
    record Shown(RecoverySheet sheet) implements SheetResult {}

    /// Not made.
    ///
    /// @param why what the PIN met; never `Opened`
    record NotShown(UnlockResult why) implements SheetResult {}
}
