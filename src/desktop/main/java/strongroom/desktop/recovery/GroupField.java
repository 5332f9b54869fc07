package strongroom.desktop.recovery;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Skin;
import javafx.scene.control.SkinBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// One group of a recovery code as it is typed, in sight. It is kept in one array, as a PIN is, and never in an undo
/// list or on the clipboard. The first letter into a full group begins it anew. On the thread of the window.
final class GroupField extends Control {
    static final int SIZE = 5;

    private final char[] typed = new char[SIZE];
    private final ReadOnlyIntegerWrapper length = new ReadOnlyIntegerWrapper(this, "length");
    private Runnable onNext = () -> {};
    private Runnable onPrevious = () -> {};
    private Runnable onEnter = () -> {};
    private boolean entered;

    GroupField(String id, String accessibleText) {
        setId(id);
        setAccessibleText(accessibleText);
        setAccessibleRole(AccessibleRole.TEXT_FIELD);
        getStyleClass().add("group-field");
        setFocusTraversable(true);
        addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        focusedProperty().addListener((_, _, now) -> entered = now);
        setOnMousePressed(_ -> requestFocus());
    }

    /// How many letters and digits are in it.
    ReadOnlyIntegerProperty lengthProperty() {
        return length.getReadOnlyProperty();
    }

    boolean isFull() {
        return length.get() == SIZE;
    }

    /// What to do once it is full, or on the way to the right.
    void setOnNext(Runnable action) {
        onNext = action;
    }

    /// What to do where there is nothing more to take back, or on the way to the left.
    void setOnPrevious(Runnable action) {
        onPrevious = action;
    }

    void setOnEnter(Runnable action) {
        onEnter = action;
    }

    /// Writes what was typed. @param to gets at most five characters @param at where
    void write(char[] to, int at) {
        System.arraycopy(typed, 0, to, at, length.get());
    }

    void clear() {
        Arrays.fill(typed, '\0');
        length.set(0);
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

    private void take(char c) {
        boolean known = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        if (!known) {
            return;
        }
        if (isFull() && entered) {
            clear();
        }
        entered = false;
        if (!isFull()) {
            typed[length.get()] = Character.toUpperCase(c);
            length.set(length.get() + 1);
            // Whoever follows the length may have given the focus to somebody else already.
            if (isFull() && isFocused()) {
                onNext.run();
            }
        }
    }

    private void pressed(KeyEvent event) {
        KeyCode code = event.getCode();
        if (code == KeyCode.BACK_SPACE && event.isShortcutDown() || code == KeyCode.DELETE) {
            clear();
        } else if (code == KeyCode.BACK_SPACE) {
            backspace();
        } else if (code == KeyCode.LEFT) {
            onPrevious.run();
        } else if (code == KeyCode.RIGHT) {
            onNext.run();
        } else if (code == KeyCode.ENTER) {
            onEnter.run();
        } else {
            return;
        }
        event.consume();
    }

    private void backspace() {
        entered = false;
        if (length.get() == 0) {
            onPrevious.run();
        } else {
            typed[length.get() - 1] = '\0';
            length.set(length.get() - 1);
        }
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new Letters(this);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        // Whoever cannot see the group hears it, letter by letter.
        return attribute == AccessibleAttribute.TEXT
                ? CodeGroups.spelled(typed, 0, length.get())
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    /// One label per letter, so that the group is nowhere in one piece, and a bar where the next one goes.
    private static final class Letters extends SkinBase<GroupField> {
        private final HBox letters = new HBox();

        Letters(GroupField field) {
            super(field);
            letters.getStyleClass().add("letters");
            letters.setAlignment(Pos.CENTER_LEFT);
            letters.setMouseTransparent(true);
            getChildren().add(letters);
            registerChangeListener(field.length, _ -> draw());
            registerChangeListener(field.focusedProperty(), _ -> draw());
            draw();
        }

        private void draw() {
            letters.getChildren().clear();
            int shown = getSkinnable().length.get();
            for (int i = 0; i < shown; i++) {
                var letter = new Label(String.valueOf(getSkinnable().typed[i]));
                letter.getStyleClass().add("letter");
                letters.getChildren().add(letter);
            }
            if (getSkinnable().isFocused() && shown < SIZE) {
                var caret = new Region();
                caret.getStyleClass().add("caret");
                letters.getChildren().add(caret);
            }
        }
    }
}
