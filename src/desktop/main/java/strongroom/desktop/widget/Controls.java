package strongroom.desktop.widget;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Makes controls so that each has an id for tests and an accessible text for screen readers. On the thread of the
/// window.
public final class Controls {
    private Controls() {}

    /// A button with words.
    public static Button button(String id, String text, Ikon icon, Runnable action, String... styles) {
        var button = new Button(text, icon(icon));
        button.setId(id);
        button.setAccessibleText(text);
        button.getStyleClass().addAll(styles);
        button.setOnAction(_ -> action.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /// A button with an icon alone; its words are in the tooltip.
    public static Button iconButton(String id, String text, Ikon icon, Runnable action, String... styles) {
        Button button = button(id, text, icon, action, styles);
        button.setText("");
        button.getStyleClass().addAll("button-icon", "flat");
        button.setTooltip(new Tooltip(text));
        return button;
    }

    /// A line of text to type.
    public static TextField field(String id, String accessibleText, String prompt) {
        var field = new TextField();
        field.setId(id);
        field.setAccessibleText(accessibleText);
        field.setPromptText(prompt);
        return field;
    }

    /// A label that never changes.
    public static Label label(String text, String... styles) {
        var label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /// A label that follows a value and is read out when it is there; it takes no room while it is empty.
    public static Label live(String id, ObservableValue<String> text, String... styles) {
        var label = new Label();
        label.setId(id);
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.textProperty().bind(text);
        label.accessibleTextProperty().bind(text);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    /// A text of several lines that never changes.
    public static Label paragraph(String text, String... styles) {
        Label label = label(text, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// An icon.
    public static FontIcon icon(Ikon icon, String... styles) {
        var node = new FontIcon(icon);
        node.getStyleClass().addAll(styles);
        return node;
    }

    /// The icon of a kind of document, in a place as wide for each of them.
    public static Label kindIcon(Ikon icon, String style) {
        var label = new Label();
        label.getStyleClass().add("kind-icon");
        label.setGraphic(icon(icon, style));
        return label;
    }

    /// Room that grows between its neighbours.
    public static Region filler() {
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        VBox.setVgrow(filler, Priority.ALWAYS);
        return filler;
    }

    /// Side by side.
    public static HBox row(String style, Node... nodes) {
        var row = new HBox(nodes);
        row.getStyleClass().add(style);
        return row;
    }

    /// One below the other.
    public static VBox column(String style, Node... nodes) {
        var column = new VBox(nodes);
        column.getStyleClass().add(style);
        return column;
    }

    /// A field with its name above it.
    public static VBox labelled(String text, Node field) {
        Label name = label(text, "field-label");
        name.setLabelFor(field);
        return column("field-group", name, field);
    }

    /// Shows a node, and gives it room, only while something holds.
    public static void showWhen(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(node.visibleProperty());
    }
}
