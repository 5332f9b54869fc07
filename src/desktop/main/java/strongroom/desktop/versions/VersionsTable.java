package strongroom.desktop.versions;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseButton;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.EarlierVersion;

/// The list of earlier versions.
final class VersionsTable {
    private static final double ROW = 36;

    private VersionsTable() {}

    static TableView<EarlierVersion> make(VersionsViewModel model, Consumer<EarlierVersion> open) {
        var table = new TableView<EarlierVersion>();
        table.setId("versions-table");
        table.setAccessibleText(Text.of("versions.table"));
        table.getStyleClass().addAll("entry-table", "versions-table", Styles.BORDERED);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setFixedCellSize(ROW);
        table.setPlaceholder(Controls.label(""));
        TableColumn<EarlierVersion, String> size = column("version-size", 90, one -> Shown.size(one.size()));
        size.getStyleClass().add("right");
        table.getColumns()
                .setAll(List.of(
                        column("version-number", 80, one -> String.valueOf(one.number())),
                        column("version-modified", 190, one -> Shown.moment(one.modified(), model.clock())),
                        column("version-replaced", 190, one -> Shown.moment(one.replaced(), model.clock())),
                        size,
                        column("version-where", 120, one -> Text.of(one.local() ? "details.here" : "details.online"))));
        table.setRowFactory(_ -> row(open));
        table.setItems(model.versions());
        return table;
    }

    private static TableRow<EarlierVersion> row(Consumer<EarlierVersion> open) {
        var row = new TableRow<EarlierVersion>();
        row.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !row.isEmpty()) {
                open.accept(row.getItem());
            }
        });
        return row;
    }

    private static TableColumn<EarlierVersion, String> column(
            String id, double width, Function<EarlierVersion, String> value) {
        var column = new TableColumn<EarlierVersion, String>(Text.of("table." + id));
        column.setId(id);
        column.setReorderable(false);
        column.setSortable(false);
        column.setPrefWidth(width);
        column.setMinWidth(width - 20);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        return column;
    }
}
