package strongroom.desktop.recovery;

import java.util.Arrays;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// Shows a recovery code in large groups with their numbers, to be written down. On the thread of the window.
final class CodeGroups {
    private static final int COLUMNS = 4;

    private final GridPane node = new GridPane();

    CodeGroups() {
        node.setId("recovery-code");
        node.getStyleClass().add("code-groups");
    }

    Node node() {
        return node;
    }

    /// Shows it. @param code groups with dashes between them; zeroed
    void show(char[] code) {
        drop();
        int start = 0;
        for (int i = 0; i <= code.length; i++) {
            if (i == code.length || code[i] == '-') {
                add(code, start, i);
                start = i + 1;
            }
        }
        Arrays.fill(code, '\0');
    }

    /// Takes it out of sight, and its labels with it.
    void drop() {
        node.getChildren().clear();
    }

    /// Gives the first group the focus.
    void requestFocus() {
        Node first = node.lookup("#recovery-group-1");
        if (first != null) {
            first.requestFocus();
        }
    }

    private void add(char[] code, int from, int to) {
        int place = node.getChildren().size();
        var group = new Label(String.valueOf(code, from, to - from));
        group.setId("recovery-group-" + (place + 1));
        group.getStyleClass().add("code-group");
        // A screen reader reads what has the focus: each group, letter by letter.
        group.setFocusTraversable(true);
        group.setAccessibleText(Text.of("recovery.group.shown", place + 1, spelled(code, from, to)));
        VBox column = Controls.column("group-column", Controls.label(String.valueOf(place + 1), "group-number"), group);
        node.add(column, place % COLUMNS, place / COLUMNS);
    }

    static String spelled(char[] code, int from, int to) {
        var spelled = new StringBuilder();
        for (int i = from; i < to; i++) {
            spelled.append(i == from ? "" : " ").append(code[i]);
        }
        return spelled.toString();
    }
}
