package strongroom.desktop.recovery;

import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.widget.SecretField;

/// One group of a recovery code as it is typed, in sight. The first letter into a full group begins it anew. On the
/// thread of the window.
final class GroupField extends SecretField {
    static final int SIZE = 5;

    private Runnable onNext = () -> {};
    private Runnable onPrevious = () -> {};
    private boolean entered;

    GroupField(String id, String accessibleText) {
        super(id, accessibleText, AccessibleRole.TEXT_FIELD, SIZE);
        getStyleClass().add("group-field");
        focusedProperty().addListener((_, _, now) -> entered = now);
    }

    /// What to do once it is full, or on the way to the right.
    void setOnNext(Runnable action) {
        onNext = action;
    }

    /// What to do where there is nothing more to take back, or on the way to the left.
    void setOnPrevious(Runnable action) {
        onPrevious = action;
    }

    @Override
    protected void take(char c) {
        boolean known = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        if (!known) {
            return;
        }
        if (isFull() && entered) {
            clear();
        }
        entered = false;
        if (!isFull()) {
            append(Character.toUpperCase(c));
            // Whoever follows the length may have given the focus to somebody else already.
            if (isFull() && isFocused()) {
                onNext.run();
            }
        }
    }

    @Override
    protected void takeBack() {
        entered = false;
        if (lengthProperty().get() == 0) {
            onPrevious.run();
        } else {
            super.takeBack();
        }
    }

    @Override
    protected boolean pressed(KeyCode code) {
        switch (code) {
            case LEFT -> onPrevious.run();
            case RIGHT -> onNext.run();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// A label for each letter, so that the group is nowhere in one piece.
    @Override
    protected Node mark(int place) {
        var letter = new Label(String.valueOf(at(place)));
        letter.getStyleClass().add("letter");
        return letter;
    }

    @Override
    protected int mostMarks() {
        return SIZE;
    }

    @Override
    protected boolean hasCaret() {
        return isFocused() && !isFull();
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        if (attribute != AccessibleAttribute.TEXT) {
            return super.queryAccessibleAttribute(attribute, parameters);
        }
        // Whoever cannot see the group hears it, letter by letter.
        char[] letters = new char[SIZE];
        write(letters, 0);
        return CodeGroups.spelled(letters, 0, lengthProperty().get());
    }
}
