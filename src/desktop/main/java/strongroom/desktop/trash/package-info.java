/// What was deleted and is kept for a while. Depends on `document` (for icons), `widget`, `text`, `work` and the
// client.
/// Start with {@link strongroom.desktop.trash.TrashViewModel}.
package strongroom.desktop.trash;
