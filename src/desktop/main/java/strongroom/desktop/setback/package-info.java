/// Tells that the folder of the vault was set back to an older state, until somebody takes note. Depends on `widget`,
/// `text`, `work` and the client. Start with {@link strongroom.desktop.setback.SetBackViewModel}.
package strongroom.desktop.setback;
