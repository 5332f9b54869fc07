/// Changing the PIN. Depends on `widget`, `text`, `work` and the client.
/// Start with {@link strongroom.desktop.pin.ChangePinViewModel}.
package strongroom.desktop.pin;
