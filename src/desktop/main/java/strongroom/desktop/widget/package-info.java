/// Our own controls, knowing nothing of vaults. Depends on `text`.
/// Start with {@link strongroom.desktop.widget.Controls}.
package strongroom.desktop.widget;
