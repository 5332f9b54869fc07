/// What remains to be told after a wipe. Depends on `widget`, `text` and the client.
/// Start with {@link strongroom.desktop.wiped.WipedViewModel}.
package strongroom.desktop.wiped;
