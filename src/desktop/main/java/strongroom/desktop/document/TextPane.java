package strongroom.desktop.document;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.LineCell;

/// Text as a list of lines: only those in view have nodes, so its length does not matter. Whole lines are selected
/// and copied.
final class TextPane implements DocumentView.Pane {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final DocumentViewModel model;
    private final Consumer<List<String>> copy;
    private final ListView<String> list = new ListView<>();
    private int from = -1;

    TextPane(DocumentViewModel model, List<String> lines, Consumer<List<String>> copy) {
        this.model = model;
        this.copy = copy;
        list.setId("text-lines");
        list.setAccessibleText(Text.of("viewer.text"));
        list.getStyleClass().add("text-lines");
        list.setItems(FXCollections.observableList(lines));
        list.setCellFactory(_ -> new LineCell(list));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        list.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> from = line(event));
        list.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        list.setContextMenu(menu());
    }

    @Override
    public Node node() {
        return list;
    }

    @Override
    public Node[] tools() {
        Button button = Controls.iconButton("text-copy", Text.of("viewer.copy"), Feather.COPY, this::copy);
        button.disableProperty().bind(Bindings.isEmpty(list.getSelectionModel().getSelectedIndices()));
        return new Node[] {button};
    }

    @Override
    public void attach() {
        if (model.firstLine() > 0) {
            list.scrollTo(model.firstLine());
        }
        list.requestFocus();
    }

    @Override
    public void detach() {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow && flow.getFirstVisibleCell() != null) {
            model.lineAtTop(flow.getFirstVisibleCell().getIndex());
        }
        list.getSelectionModel().clearSelection();
        list.setItems(FXCollections.emptyObservableList());
    }

    private void copy() {
        List<String> lines = list.getSelectionModel().getSelectedIndices().stream()
                .sorted()
                .map(list.getItems()::get)
                .toList();
        if (!lines.isEmpty()) {
            copy.accept(lines);
        }
    }

    private void key(KeyEvent event) {
        if (COPY.match(event)) {
            copy();
            event.consume();
        }
    }

    private void drag(MouseEvent event) {
        int to = line(event);
        if (event.getButton() == MouseButton.PRIMARY && from >= 0 && to >= 0) {
            list.getSelectionModel().clearSelection();
            list.getSelectionModel().selectRange(from, to < from ? to - 1 : to + 1);
        }
    }

    private ContextMenu menu() {
        var lines = new MenuItem(Text.of("viewer.copy"), Controls.icon(Feather.COPY));
        lines.setId("menu-copy");
        lines.disableProperty().bind(Bindings.isEmpty(list.getSelectionModel().getSelectedIndices()));
        lines.setOnAction(_ -> copy());
        var all = new MenuItem(Text.of("viewer.selectAll"));
        all.setId("menu-select-all");
        all.setOnAction(_ -> list.getSelectionModel().selectAll());
        return new ContextMenu(lines, all);
    }

    /// The line under the pointer; -1 if there is none.
    private static int line(MouseEvent event) {
        Node at = event.getPickResult().getIntersectedNode();
        while (at != null && !(at instanceof ListCell<?>)) {
            at = at.getParent();
        }
        return at instanceof ListCell<?> cell && !cell.isEmpty() ? cell.getIndex() : -1;
    }
}
