/// The recovery code: making one, and opening with it. Depends on `widget`, `text`, `work` and the client.
/// Start with {@link strongroom.desktop.recovery.RecoveryCodeViewModel}.
package strongroom.desktop.recovery;
