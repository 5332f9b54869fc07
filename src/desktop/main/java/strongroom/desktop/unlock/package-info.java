/// The lock screen. Depends on `drop`, `widget`, `text`, `work` and the client. Start with
/// {@link strongroom.desktop.unlock.UnlockViewModel}.
package strongroom.desktop.unlock;
