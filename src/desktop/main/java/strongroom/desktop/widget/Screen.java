package strongroom.desktop.widget;

import javafx.scene.Parent;

/// A full page of the window. Made, attached and detached once, on the thread of the window.
public interface Screen {
    /// Its nodes.
    Parent node();

    /// Called once it is in the scene: takes the focus where typing should go.
    void attach();

    /// Called when it leaves the scene, never to return: unbinds whatever it bound.
    void detach();
}
