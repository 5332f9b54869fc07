/// The lock screen. Depends on `widget`, `text`, `work` and the client. Start with
/// {@link strongroom.desktop.unlock.UnlockViewModel}.
package strongroom.desktop.unlock;
