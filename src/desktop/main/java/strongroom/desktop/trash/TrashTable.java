package strongroom.desktop.trash;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.document.DocumentKind;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.TrashedEntry;

/// The list of the trash.
final class TrashTable {
    private static final double ROW = 42;

    private TrashTable() {}

    static TableView<TrashedEntry> make(TrashViewModel model) {
        var table = new TableView<TrashedEntry>();
        table.setId("trash-table");
        table.setAccessibleText(Text.of("sidebar.trash"));
        table.getStyleClass().addAll("entry-table", Styles.BORDERED);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setFixedCellSize(ROW);
        table.setPlaceholder(Controls.label(""));
        TableColumn<TrashedEntry, TrashedEntry> name = column("trash-name", 280, Function.identity());
        name.setCellFactory(_ -> new NameCell());
        TableColumn<TrashedEntry, String> documents =
                column("trash-documents", 110, entry -> Text.of("trash.count", entry.documents()));
        documents.getStyleClass().add("right");
        TableColumn<TrashedEntry, String> size = column("trash-size", 100, entry -> Shown.size(entry.size()));
        size.getStyleClass().add("right");
        table.getColumns()
                .setAll(List.of(
                        name,
                        column("trash-from", 200, TrashTable::from),
                        column("trash-when", 140, entry -> Shown.when(entry.when(), model.clock())),
                        documents,
                        size));
        table.setItems(model.entries());
        return table;
    }

    private static String from(TrashedEntry entry) {
        return entry.from().isEmpty() ? Text.of("sidebar.all") : Shown.path(entry.from());
    }

    private static <T> TableColumn<TrashedEntry, T> column(String id, double width, Function<TrashedEntry, T> value) {
        var column = new TableColumn<TrashedEntry, T>(Text.of("table." + id));
        column.setId(id);
        column.setReorderable(false);
        column.setSortable(false);
        column.setPrefWidth(width);
        column.setMinWidth(90);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        return column;
    }

    private static final class NameCell extends TableCell<TrashedEntry, TrashedEntry> {
        NameCell() {
            getStyleClass().add("name-cell");
        }

        @Override
        protected void updateItem(@Nullable TrashedEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setText(null);
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            DocumentKind kind = entry.folder() ? DocumentKind.FOLDER : DocumentKind.of(entry.name());
            setGraphic(Controls.kindIcon(kind.icon(), kind.style()));
            setText(Shown.name(entry.name()));
            setAccessibleText(Text.of("trash.row", Shown.name(entry.name()), kind.label(), from(entry)));
        }
    }
}
