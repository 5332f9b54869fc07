package strongroom.desktop.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// A recovery code as it is typed, group by group. On the thread of the window.
final class CodeFields {
    private static final int GROUPS = 7;
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final List<GroupField> groups = new ArrayList<>();
    private final HBox node = Controls.row("code-fields");
    private final BooleanBinding complete;

    /// @param id of the whole; the groups' end with their number, from 1
    CodeFields(String id) {
        node.setId(id);
        for (int i = 1; i <= GROUPS; i++) {
            var group = new GroupField(id + "-" + i, Text.of("recovery.group", i, GROUPS));
            Label number = Controls.label(String.valueOf(i), "group-number");
            number.setLabelFor(group);
            VBox column = Controls.column("group-column", number, group);
            node.getChildren().add(column);
            groups.add(group);
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i > 0) {
                groups.get(i).setOnPrevious(groups.get(i - 1)::requestFocus);
            }
            if (i < GROUPS - 1) {
                groups.get(i).setOnNext(groups.get(i + 1)::requestFocus);
            }
        }
        complete = Bindings.createBooleanBinding(
                () -> groups.stream().allMatch(GroupField::isFull),
                groups.stream().map(GroupField::lengthProperty).toArray(Observable[]::new));
    }

    /// Its nodes.
    Node node() {
        return node;
    }

    /// Whether every group is full.
    BooleanBinding complete() {
        return complete;
    }

    /// What Enter does in each of them.
    void setOnEnter(Runnable action) {
        groups.forEach(group -> group.setOnEnter(action));
    }

    /// Marks it as mistyped, or not.
    void wrong(boolean now) {
        groups.forEach(group -> group.pseudoClassStateChanged(WRONG, now));
    }

    /// Gives the first group the focus that is not full; where all are, the first.
    void requestFocus() {
        groups.stream()
                .filter(group -> !group.isFull())
                .findFirst()
                .orElse(groups.getFirst())
                .requestFocus();
    }

    /// What was typed, with dashes between the groups; it stays in the fields, so that one group can be mended.
    ///
    /// @return zeroed by the caller
    char[] copy() {
        char[] code = new char[GROUPS * (GroupField.SIZE + 1) - 1];
        Arrays.fill(code, '-');
        for (int i = 0; i < GROUPS; i++) {
            groups.get(i).write(code, i * (GroupField.SIZE + 1));
        }
        return code;
    }

    /// Forgets what was typed.
    void clear() {
        groups.forEach(GroupField::clear);
    }
}
