package strongroom.desktop.widget;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Skin;
import javafx.scene.control.SkinBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A field for something secret. What is typed is kept in one array of characters, never in a `String`, a property,
/// an undo list or the clipboard, as JavaFX's own fields would. On the thread of the window.
public abstract class SecretField extends Control {
    private final char[] typed;
    private final ReadOnlyIntegerWrapper length = new ReadOnlyIntegerWrapper(this, "length");
    private Runnable onEnter = () -> {};

    /// @param id for tests and stylesheets @param accessibleText what a screen reader calls it
    /// @param longest how many characters it takes
    protected SecretField(String id, String accessibleText, AccessibleRole role, int longest) {
        typed = new char[longest];
        setId(id);
        setAccessibleText(accessibleText);
        setAccessibleRole(role);
        setFocusTraversable(true);
        addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        setOnMousePressed(_ -> requestFocus());
    }

    /// How many characters are in it.
    public final ReadOnlyIntegerProperty lengthProperty() {
        return length.getReadOnlyProperty();
    }

    /// What Enter does.
    public final void setOnEnter(Runnable action) {
        onEnter = action;
    }

    /// Forgets what was typed.
    public final void clear() {
        Arrays.fill(typed, '\0');
        length.set(0);
    }

    /// Writes what was typed. @param to gets as many characters as there are @param at where
    public final void write(char[] to, int at) {
        System.arraycopy(typed, 0, to, at, length.get());
    }

    /// Whether both fields hold the same.
    public final boolean sameAs(SecretField other) {
        return Arrays.equals(typed, 0, length.get(), other.typed, 0, other.length.get());
    }

    /// Whether it takes no more.
    public final boolean isFull() {
        return length.get() == typed.length;
    }

    /// What stands at a place below the length.
    protected final char at(int place) {
        return typed[place];
    }

    /// Takes one more in, unless it is full.
    protected final void append(char c) {
        if (!isFull()) {
            typed[length.get()] = c;
            length.set(length.get() + 1);
        }
    }

    /// Something was typed: takes it in, or leaves it.
    protected abstract void take(char c);

    /// Forgets the last one, if there is one.
    protected void takeBack() {
        if (length.get() > 0) {
            typed[length.get() - 1] = '\0';
            length.set(length.get() - 1);
        }
    }

    /// Another key was pressed. @return whether that meant anything
    protected boolean pressed(KeyCode code) {
        return false;
    }

    /// What is shown for the character at a place.
    protected abstract Node mark(int place);

    /// How many of them are shown at most.
    protected abstract int mostMarks();

    /// Whether a bar shows where the next one goes.
    protected boolean hasCaret() {
        return isFocused();
    }

    private void typed(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        String character = event.getCharacter();
        for (int i = 0; i < character.length(); i++) {
            take(character.charAt(i));
        }
        event.consume();
    }

    private void pressed(KeyEvent event) {
        KeyCode code = event.getCode();
        if (code == KeyCode.BACK_SPACE && event.isShortcutDown() || code == KeyCode.DELETE) {
            clear();
        } else if (code == KeyCode.BACK_SPACE) {
            takeBack();
        } else if (code == KeyCode.ENTER) {
            onEnter.run();
        } else if (!pressed(code)) {
            return;
        }
        event.consume();
    }

    @Override
    protected final Skin<?> createDefaultSkin() {
        return new Marks(this);
    }

    private static final class Marks extends SkinBase<SecretField> {
        private final HBox marks = new HBox();

        Marks(SecretField field) {
            super(field);
            marks.getStyleClass().add("marks");
            marks.setAlignment(Pos.CENTER_LEFT);
            marks.setMouseTransparent(true);
            getChildren().add(marks);
            registerChangeListener(field.length, _ -> draw());
            registerChangeListener(field.focusedProperty(), _ -> draw());
            draw();
        }

        private void draw() {
            marks.getChildren().clear();
            int shown = Math.min(getSkinnable().length.get(), getSkinnable().mostMarks());
            for (int i = 0; i < shown; i++) {
                marks.getChildren().add(getSkinnable().mark(i));
            }
            if (getSkinnable().hasCaret()) {
                var caret = new Region();
                caret.getStyleClass().add("caret");
                marks.getChildren().add(caret);
            }
        }
    }
}
