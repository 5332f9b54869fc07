package strongroom.desktop.widget;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Skin;
import javafx.scene.control.SkinBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;

/// A field for a PIN or passphrase. What is typed is kept in one array of characters, never in a `String`, a
/// property, an undo list or the clipboard, as JavaFX's own password field would; it is handed out once and zeroed.
/// On the thread of the window.
public final class PinField extends Control {
    private static final int LONGEST = 128;
    private static final int MOST_DOTS = 24;

    private final char[] typed = new char[LONGEST];
    private final ReadOnlyIntegerWrapper length = new ReadOnlyIntegerWrapper(this, "length");
    private Runnable onEnter = () -> {};

    /// @param id for tests and stylesheets @param accessibleText what a screen reader calls it
    public PinField(String id, String accessibleText) {
        setId(id);
        setAccessibleText(accessibleText);
        setAccessibleRole(AccessibleRole.PASSWORD_FIELD);
        getStyleClass().add("pin-field");
        setFocusTraversable(true);
        addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        setOnMousePressed(_ -> requestFocus());
    }

    /// How many characters are in it.
    public ReadOnlyIntegerProperty lengthProperty() {
        return length.getReadOnlyProperty();
    }

    /// What Enter does.
    public void setOnEnter(Runnable action) {
        onEnter = action;
    }

    /// Hands out what was typed and forgets it.
    ///
    /// @return zeroed by the caller
    public char[] take() {
        char[] taken = Arrays.copyOf(typed, length.get());
        clear();
        return taken;
    }

    /// Forgets what was typed.
    public void clear() {
        Arrays.fill(typed, '\0');
        length.set(0);
    }

    /// Whether both fields hold the same.
    public boolean sameAs(PinField other) {
        return Arrays.equals(typed, 0, length.get(), other.typed, 0, other.length.get());
    }

    private void typed(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        String character = event.getCharacter();
        for (int i = 0; i < character.length(); i++) {
            char c = character.charAt(i);
            if (!Character.isISOControl(c) && c != KeyEvent.CHAR_UNDEFINED.charAt(0) && length.get() < LONGEST) {
                typed[length.get()] = c;
                length.set(length.get() + 1);
            }
        }
        event.consume();
    }

    private void pressed(KeyEvent event) {
        KeyCode code = event.getCode();
        if (code == KeyCode.BACK_SPACE && event.isShortcutDown() || code == KeyCode.DELETE) {
            clear();
        } else if (code == KeyCode.BACK_SPACE) {
            backspace();
        } else if (code == KeyCode.ENTER) {
            onEnter.run();
        } else {
            return;
        }
        event.consume();
    }

    private void backspace() {
        if (length.get() > 0) {
            typed[length.get() - 1] = '\0';
            length.set(length.get() - 1);
        }
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new Dots(this);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        // A screen reader hears how much was typed, as with any password field, and nothing else.
        return attribute == AccessibleAttribute.TEXT
                ? "•".repeat(length.get())
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    /// One dot per character, and a bar where the next one goes.
    private static final class Dots extends SkinBase<PinField> {
        private final HBox dots = new HBox();

        Dots(PinField field) {
            super(field);
            dots.getStyleClass().add("dots");
            dots.setAlignment(Pos.CENTER_LEFT);
            dots.setMouseTransparent(true);
            getChildren().add(dots);
            registerChangeListener(field.length, _ -> draw());
            registerChangeListener(field.focusedProperty(), _ -> draw());
            draw();
        }

        private void draw() {
            dots.getChildren().clear();
            int shown = Math.min(getSkinnable().length.get(), MOST_DOTS);
            for (int i = 0; i < shown; i++) {
                dots.getChildren().add(dot());
            }
            if (getSkinnable().isFocused()) {
                var caret = new Region();
                caret.getStyleClass().add("caret");
                dots.getChildren().add(caret);
            }
        }

        private static Node dot() {
            var dot = new Circle(4);
            dot.getStyleClass().add("dot");
            return dot;
        }
    }
}
