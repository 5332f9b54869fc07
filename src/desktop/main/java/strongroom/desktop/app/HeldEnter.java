package strongroom.desktop.app;

import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/// Makes Enter work once however long it is held: the Enter that ends the PIN must not go on to open the first
/// folder, and then press the first button there. On the thread of the window.
final class HeldEnter {
    private boolean down;

    void tame(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        // Another window may have got the release of Enter: whatever else is done says that it is not held.
        scene.addEventFilter(KeyEvent.KEY_RELEASED, _ -> down = false);
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> down = false);
    }

    private void pressed(KeyEvent event) {
        boolean enter = event.getCode() == KeyCode.ENTER;
        if (enter && down) {
            event.consume();
        }
        down = enter;
    }
}
