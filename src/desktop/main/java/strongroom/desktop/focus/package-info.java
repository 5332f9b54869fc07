/// Which of all windows on the desktop has the focus: ours or somebody else's. Depends on the client's signals.
/// Start with {@link strongroom.desktop.focus.FocusWatch}.
package strongroom.desktop.focus;
