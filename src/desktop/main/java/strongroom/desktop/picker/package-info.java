/// Choosing files and folders of the user's disk in a window of our own: a native chooser stops the thread of the
/// window and looks like somebody else's window. Depends on `widget`, `text` and `work`.
/// Start with {@link strongroom.desktop.picker.PathPicker}.
package strongroom.desktop.picker;
