package strongroom.desktop.widget;

import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;

/// A field for a PIN or passphrase: a dot for each character. What was typed is handed out once and zeroed. On the
/// thread of the window.
public final class PinField extends SecretField {
    private static final int LONGEST = 128;
    private static final int MOST_DOTS = 24;

    /// @param id for tests and stylesheets @param accessibleText what a screen reader calls it
    public PinField(String id, String accessibleText) {
        super(id, accessibleText, AccessibleRole.PASSWORD_FIELD, LONGEST);
        getStyleClass().add("pin-field");
    }

    /// Hands out what was typed and forgets it.
    ///
    /// @return zeroed by the caller
    public char[] take() {
        char[] taken = new char[lengthProperty().get()];
        write(taken, 0);
        clear();
        return taken;
    }

    @Override
    protected void take(char c) {
        if (!Character.isISOControl(c) && c != KeyEvent.CHAR_UNDEFINED.charAt(0)) {
            append(c);
        }
    }

    @Override
    protected Node mark(int place) {
        var dot = new Circle(4);
        dot.getStyleClass().add("dot");
        return dot;
    }

    @Override
    protected int mostMarks() {
        return MOST_DOTS;
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        // A screen reader hears how much was typed, as with any password field, and nothing else.
        return attribute == AccessibleAttribute.TEXT
                ? "•".repeat(lengthProperty().get())
                : super.queryAccessibleAttribute(attribute, parameters);
    }
}
