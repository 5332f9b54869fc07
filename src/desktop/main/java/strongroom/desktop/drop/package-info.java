/// Files and folders dragged in from other programs: taken at once, or kept until the vault is open. Depends on `text`.
/// Start with {@link strongroom.desktop.drop.DropTarget}.
package strongroom.desktop.drop;
