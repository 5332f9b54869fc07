/// The one window: which screen it shows, the cover, light and dark. Depends on every screen.
/// Start with {@link strongroom.desktop.app.MainWindow} and {@link strongroom.desktop.app.AppViewModel}.
package strongroom.desktop.app;
