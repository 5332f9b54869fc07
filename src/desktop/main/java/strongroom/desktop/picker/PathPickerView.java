package strongroom.desktop.picker;

import static strongroom.desktop.widget.Controls.button;
import static strongroom.desktop.widget.Controls.iconButton;

import atlantafx.base.theme.Styles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// The picker's nodes: places at the left, the path above, the list, the answer below.
final class PathPickerView {
    private final PathPickerViewModel model;
    private final Clock clock;
    private final boolean foldersOnly;
    private final Consumer<List<Path>> chosen;
    private final TableView<PathRow> table = new TableView<>();
    private final TextField path = Controls.field("picker-path", Text.of("picker.path"), Text.of("picker.path"));
    private final VBox root;
    private final ChangeListener<Boolean> onRead = (_, _, busy) -> {
        if (!busy) {
            showPath();
        }
    };

    PathPickerView(
            PathPickerViewModel model,
            Clock clock,
            String action,
            boolean foldersOnly,
            Runnable cancel,
            Consumer<List<Path>> chosen) {
        this.model = model;
        this.clock = clock;
        this.foldersOnly = foldersOnly;
        this.chosen = chosen;
        buildTable();
        HBox.setHgrow(table, Priority.ALWAYS);
        HBox middle = Controls.row("picker-middle", places(), table);
        VBox.setVgrow(middle, Priority.ALWAYS);
        root = Controls.column(
                "picker",
                pathBar(),
                Controls.live("picker-message", model.messageProperty(), "message", Styles.DANGER),
                middle,
                answers(action, cancel));
        root.setId("path-picker");
        root.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                cancel.run();
                event.consume();
            }
        });
    }

    Parent node() {
        return root;
    }

    void attach() {
        model.busyProperty().addListener(onRead);
        showPath();
        table.requestFocus();
    }

    /// Not while there is a message, which speaks of what was typed.
    private void showPath() {
        if (model.messageProperty().get().isEmpty()) {
            path.setText(model.directoryProperty().get().toString());
        }
    }

    private HBox pathBar() {
        path.setOnAction(_ -> model.type(path.getText()));
        HBox.setHgrow(path, Priority.ALWAYS);
        return Controls.row(
                "picker-path-bar",
                iconButton("picker-up", Text.of("picker.up"), Feather.ARROW_UP, model::up),
                path,
                button("picker-go", Text.of("picker.go"), Feather.ARROW_RIGHT, () -> model.type(path.getText())));
    }

    private VBox places() {
        Path home = Path.of(System.getProperty("user.home"));
        VBox places = Controls.column("picker-places", place("picker-home", "picker.home", Feather.HOME, home));
        Stream.of("Desktop", "Documents", "Downloads", "Pictures")
                .map(home::resolve)
                .filter(Files::isDirectory)
                .forEach(folder -> places.getChildren()
                        .add(place(
                                "picker-" + folder.getFileName(),
                                "picker." + folder.getFileName(),
                                Feather.FOLDER,
                                folder)));
        places.getChildren().add(place("picker-computer", "picker.computer", Feather.HARD_DRIVE, home.getRoot()));
        return places;
    }

    private Button place(String id, String key, Feather icon, Path folder) {
        Button place = button(id, Text.of(key), icon, () -> model.open(folder), Styles.FLAT, "nav");
        place.setMaxWidth(Double.MAX_VALUE);
        return place;
    }

    private HBox answers(String action, Runnable cancel) {
        var hidden = new CheckBox(Text.of("picker.hidden"));
        hidden.setId("picker-hidden");
        hidden.setAccessibleText(Text.of("picker.hidden"));
        hidden.selectedProperty().bindBidirectional(model.hiddenProperty());
        var reading = new ProgressIndicator();
        reading.setId("picker-progress");
        reading.setAccessibleText(Text.of("picker.reading"));
        reading.getStyleClass().add("small-progress");
        Controls.showWhen(reading, model.busyProperty());
        Button no = button("picker-cancel", Text.of("sheet.cancel"), Feather.X, cancel);
        no.setGraphic(null);
        Button yes = button("picker-choose", action, Feather.CHECK, this::choose, Styles.ACCENT);
        // What is shown is what is taken: not the folder before the one that was typed.
        var elsewhere = Bindings.createBooleanBinding(
                () -> !path.getText().equals(model.directoryProperty().get().toString()),
                path.textProperty(),
                model.directoryProperty());
        var nothing = Bindings.isEmpty(table.getSelectionModel().getSelectedItems());
        yes.disableProperty().bind(model.busyProperty().or(foldersOnly ? nothing.and(elsewhere) : nothing));
        return Controls.row("sheet-buttons", hidden, Controls.filler(), reading, no, yes);
    }

    private void buildTable() {
        table.setId("picker-table");
        table.setAccessibleText(Text.of("picker.list"));
        table.getStyleClass().addAll("entry-table", Styles.BORDERED, Styles.DENSE);
        table.setItems(model.rows());
        table.getSelectionModel().setSelectionMode(foldersOnly ? SelectionMode.SINGLE : SelectionMode.MULTIPLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<PathRow, PathRow> name = column("picker.name", Function.identity());
        name.setCellFactory(_ -> new NameCell());
        name.setPrefWidth(300);
        TableColumn<PathRow, String> size = column("picker.size", row -> row.folder() ? "—" : Shown.size(row.size()));
        size.getStyleClass().add("right");
        size.setPrefWidth(80);
        TableColumn<PathRow, String> modified = column("picker.modified", row -> Shown.when(row.modified(), clock));
        modified.setPrefWidth(120);
        table.getColumns().setAll(List.of(name, size, modified));
        table.setPlaceholder(Controls.label(Text.of("picker.empty"), Styles.TEXT_MUTED));
        table.setRowFactory(_ -> row());
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                enter(table.getSelectionModel().getSelectedItem());
                event.consume();
            } else if (event.getCode() == KeyCode.BACK_SPACE) {
                model.up();
                event.consume();
            }
        });
    }

    private TableRow<PathRow> row() {
        var row = new TableRow<PathRow>();
        row.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && !row.isEmpty()) {
                enter(row.getItem());
            }
        });
        return row;
    }

    private void enter(@Nullable PathRow row) {
        if (row == null) {
            return;
        }
        if (row.folder()) {
            model.open(row.path());
        } else {
            choose();
        }
    }

    private void choose() {
        List<Path> paths = table.getSelectionModel().getSelectedItems().stream()
                .map(PathRow::path)
                .toList();
        if (!paths.isEmpty()) {
            chosen.accept(paths);
        } else if (foldersOnly) {
            chosen.accept(List.of(model.directoryProperty().get()));
        }
    }

    private static <T> TableColumn<PathRow, T> column(String key, Function<PathRow, T> value) {
        var column = new TableColumn<PathRow, T>(Text.of(key));
        column.setId(key.replace('.', '-'));
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        return column;
    }

    private static final class NameCell extends TableCell<PathRow, PathRow> {
        @Override
        protected void updateItem(@Nullable PathRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setText(null);
                setGraphic(null);
            } else {
                setText(Shown.name(row.name()));
                setGraphic(Controls.icon(row.folder() ? Feather.FOLDER : Feather.FILE));
            }
        }
    }
}
