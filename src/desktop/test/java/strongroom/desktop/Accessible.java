package strongroom.desktop;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import strongroom.desktop.widget.PinField;

/// Looks at every control that can be used or that tells something: each needs an id, for tests and support, and a
/// text for screen readers.
final class Accessible {
    private Accessible() {}

    /// What is missing, one line each.
    static List<String> faults(Node root) {
        List<String> faults = new ArrayList<>();
        walk(root, faults);
        return faults;
    }

    private static void walk(Node node, List<String> faults) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Control control && matters(control)) {
            if (control.getId() == null || control.getId().isBlank()) {
                faults.add("no id: " + control);
            }
            if (blank(control.getAccessibleText()) && !(control instanceof Labeled named && !blank(named.getText()))) {
                faults.add("no accessible text: " + control);
            }
        }
        if (node instanceof Parent parent && !isOpaque(node)) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, faults));
        }
    }

    private static boolean matters(Control control) {
        return control instanceof ButtonBase
                || control instanceof CheckBox
                || control instanceof TextInputControl
                || control instanceof ListView
                || control instanceof TableView
                || control instanceof TreeView
                || control instanceof ProgressIndicator
                || control instanceof PinField
                || control instanceof ScrollPane && control.isFocusTraversable();
    }

    /// The insides of these are theirs: cells, headers, scroll bars, the viewport of a text area.
    private static boolean isOpaque(Node node) {
        return node instanceof ListView
                || node instanceof TableView
                || node instanceof TreeView
                || node instanceof TextInputControl;
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
