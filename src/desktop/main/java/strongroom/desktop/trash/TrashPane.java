package strongroom.desktop.trash;

import static strongroom.desktop.widget.Controls.button;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.Sheets;
import strongroom.vault.client.TrashedEntry;

/// The trash as a place of its own: what is in it, and what can be done with it.
public final class TrashPane {
    private final TrashViewModel model;
    private final TrashQuestions questions;
    private final TableView<TrashedEntry> table;
    private final BooleanBinding none;
    private final VBox node;

    /// @param sheets where it asks before it destroys
    public TrashPane(TrashViewModel model, Sheets sheets) {
        this.model = model;
        questions = new TrashQuestions(model, sheets);
        table = TrashTable.make(model);
        none = Bindings.isEmpty(table.getSelectionModel().getSelectedItems()).or(model.busyProperty());
        table.setContextMenu(menu());
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DELETE) {
                questions.purge(selected());
                event.consume();
            }
        });
        Node nothing = nothing();
        Controls.showWhen(nothing, model.emptyProperty());
        Controls.showWhen(table, model.emptyProperty().not());
        var stack = new StackPane(table, nothing);
        VBox.setVgrow(stack, Priority.ALWAYS);
        node = Controls.column(
                "folder",
                bar(),
                Controls.paragraph(Text.of("trash.explanation"), Styles.TEXT_MUTED, "pane-explanation"),
                busy(),
                stack);
        node.setId("trash-pane");
    }

    /// Its node.
    public VBox node() {
        return node;
    }

    /// Takes the focus where the keyboard should go.
    public void focus() {
        table.requestFocus();
    }

    /// Ends following, and forgets what it showed.
    public void detach() {
        none.dispose();
        table.setItems(null);
    }

    private HBox bar() {
        Button restore = button(
                "trash-restore", Text.of("trash.restore"), Feather.CORNER_UP_LEFT, () -> model.restore(selected()));
        restore.disableProperty().bind(none);
        Button purge =
                button("trash-purge", Text.of("trash.purge"), Feather.X_CIRCLE, () -> questions.purge(selected()));
        purge.disableProperty().bind(none);
        Button empty = button(
                "trash-empty",
                Text.of("trash.empty"),
                Feather.TRASH_2,
                questions::empty,
                Styles.BUTTON_OUTLINED,
                Styles.DANGER);
        empty.disableProperty().bind(Bindings.isEmpty(model.entries()).or(model.busyProperty()));
        return Controls.row(
                "folder-bar",
                Controls.label(Text.of("sidebar.trash"), Styles.TITLE_4),
                Controls.filler(),
                restore,
                purge,
                empty);
    }

    private ContextMenu menu() {
        MenuItem restore =
                item("menu-restore", "trash.restore", Feather.CORNER_UP_LEFT, () -> model.restore(selected()));
        restore.disableProperty().bind(none);
        MenuItem purge = item("menu-purge", "trash.purge", Feather.X_CIRCLE, () -> questions.purge(selected()));
        purge.disableProperty().bind(none);
        return new ContextMenu(restore, purge);
    }

    private static MenuItem item(String id, String key, Ikon icon, Runnable action) {
        var item = new MenuItem(Text.of(key), Controls.icon(icon));
        item.setId(id);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private Node busy() {
        var busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        busy.setId("trash-progress");
        busy.setAccessibleText(Text.of("trash.busy"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        return busy;
    }

    private static Node nothing() {
        VBox box = Controls.column(
                "empty",
                Controls.icon(Feather.TRASH_2, "empty-mark"),
                Controls.label(Text.of("trash.nothing"), Styles.TITLE_3),
                Controls.paragraph(Text.of("trash.nothing.text"), Styles.TEXT_MUTED));
        box.setId("trash-nothing");
        return box;
    }

    private List<TrashedEntry> selected() {
        return List.copyOf(table.getSelectionModel().getSelectedItems());
    }
}
