package strongroom.desktop.library;

import atlantafx.base.theme.Styles;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.document.DocumentKind;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.Entry;

/// The list of a folder.
final class EntryTable {
    private static final int FEW = 4;
    private static final double ROW = 42;
    private static final double NARROW = 540;
    private static final double NARROWER = 440;

    private final ListingViewModel model;
    private final Clock clock;
    private final TableView<Entry> table = new TableView<>();
    private final ListChangeListener<Entry> onSelect = _ -> selected();
    private final ChangeListener<Boolean> onFilling = (_, _, now) -> {
        if (now) {
            rememberScroll();
        } else {
            restore();
        }
    };
    private boolean restoring;

    EntryTable(ListingViewModel model, Clock clock, Consumer<Entry> open) {
        this.model = model;
        this.clock = clock;
        table.setId("entry-table");
        table.setAccessibleText(Text.of("table"));
        table.getStyleClass().addAll("entry-table", Styles.BORDERED);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        // Rows of one height can be returned to exactly.
        table.setFixedCellSize(ROW);
        table.setItems(model.rows());
        TableColumn<Entry, String> kind = kind();
        TableColumn<Entry, Entry> size = size();
        table.getColumns().setAll(List.of(name(), kind, size, modified()));
        // In a narrow window the icon says the kind, and the details the size; names need the room.
        kind.visibleProperty().bind(table.widthProperty().greaterThan(NARROW));
        size.visibleProperty().bind(table.widthProperty().greaterThan(NARROWER));
        showOrder();
        table.setRowFactory(_ -> row(open));
        table.setPlaceholder(Controls.label(Text.of("table.nothing"), Styles.TEXT_MUTED));
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            Entry focused = table.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && focused != null) {
                open.accept(focused);
                event.consume();
            } else if (event.getCode() == KeyCode.BACK_SPACE) {
                model.up();
                event.consume();
            }
        });
    }

    TableView<Entry> node() {
        return table;
    }

    void menu(ContextMenu menu) {
        table.setContextMenu(menu);
    }

    void attach() {
        table.getSelectionModel().getSelectedItems().addListener(onSelect);
        model.fillingProperty().addListener(onFilling);
        restore();
    }

    void detach() {
        rememberScroll();
        table.getSelectionModel().getSelectedItems().removeListener(onSelect);
        model.fillingProperty().removeListener(onFilling);
        // Losing its rows it would also lose its order, and say so.
        table.setSortPolicy(_ -> true);
        table.setItems(null);
    }

    void rememberScroll() {
        settle();
        IndexedCell<?> top = firstCell();
        if (top != null && top.getItem() instanceof Entry entry) {
            model.scrolledTo(entry);
        }
    }

    private void selected() {
        if (!restoring) {
            // TableView passes nulls on while its rows are being replaced.
            model.select(table.getSelectionModel().getSelectedItems().stream()
                    .filter(EntryTable::isThere)
                    .toList());
        }
    }

    private static boolean isThere(@Nullable Entry entry) {
        return entry != null;
    }

    private void restore() {
        List<Integer> wanted = model.wanted();
        if (!List.copyOf(table.getSelectionModel().getSelectedIndices()).equals(wanted)) {
            restoring = true;
            table.getSelectionModel().clearSelection();
            if (!wanted.isEmpty()) {
                table.getSelectionModel()
                        .selectIndices(
                                wanted.getFirst(),
                                wanted.stream().mapToInt(row -> row).toArray());
                table.getFocusModel().focus(wanted.getFirst());
            }
            restoring = false;
        }
        settle();
        scroll(model.topRow(), wanted.isEmpty() ? -1 : wanted.getFirst());
    }

    /// @param top row to have on top @param selected first row to have in view; each -1 where there is none
    private void scroll(int top, int selected) {
        VirtualFlow<?> flow = flow();
        IndexedCell<?> first = firstCell();
        IndexedCell<?> last = flow == null ? null : flow.getLastVisibleCell();
        if (first == null || last == null) {
            return;
        }
        if (top >= 0) {
            if (first.getIndex() != top) {
                table.scrollTo(top);
            }
        } else if (selected < 0) {
            table.scrollTo(0);
        } else if (selected <= first.getIndex() || selected >= last.getIndex()) {
            table.scrollTo(Math.max(0, selected - FEW));
        }
    }

    /// Until its rows are laid out, a list neither knows where it stands nor can be told.
    private void settle() {
        if (table.getScene() != null) {
            table.getScene().getRoot().applyCss();
            table.getScene().getRoot().layout();
        }
    }

    /// The first row of which more is in view than not.
    private @Nullable IndexedCell<?> firstCell() {
        VirtualFlow<?> flow = flow();
        IndexedCell<?> first = flow == null ? null : flow.getFirstVisibleCell();
        if (flow == null || first == null || first.getLayoutY() + first.getHeight() / 2 >= 0) {
            return first;
        }
        IndexedCell<?> next = flow.getCell(first.getIndex() + 1);
        return next.isEmpty() ? first : next;
    }

    private @Nullable VirtualFlow<?> flow() {
        return table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow ? flow : null;
    }

    /// Marks the column that the list is sorted by. Setting a policy sorts at once, so none that would tell the model
    /// of an order may be there before the column is marked.
    private void showOrder() {
        table.setSortPolicy(_ -> true);
        if (model.order() != Order.NAME || !model.ascending()) {
            table.getColumns().stream()
                    .filter(column -> model.order().name().equals(column.getUserData()))
                    .forEach(column -> {
                        column.setSortType(
                                model.ascending() ? TableColumn.SortType.ASCENDING : TableColumn.SortType.DESCENDING);
                        table.getSortOrder().add(column);
                    });
        }
        table.setSortPolicy(_ -> sort());
    }

    private boolean sort() {
        var order = table.getSortOrder();
        if (order.isEmpty()) {
            model.sort(Order.NAME, true);
        } else {
            TableColumn<Entry, ?> by = order.getFirst();
            model.sort(
                    Order.valueOf(String.valueOf(by.getUserData())),
                    by.getSortType() == TableColumn.SortType.ASCENDING);
        }
        return true;
    }

    private TableRow<Entry> row(Consumer<Entry> open) {
        var row = new TableRow<Entry>();
        row.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !row.isEmpty()) {
                open.accept(row.getItem());
            }
        });
        return row;
    }

    private TableColumn<Entry, Entry> name() {
        TableColumn<Entry, Entry> column = column("column-name", Order.NAME, Function.identity());
        column.setPrefWidth(320);
        column.setMinWidth(140);
        column.setCellFactory(_ -> new NameCell());
        return column;
    }

    private TableColumn<Entry, String> kind() {
        TableColumn<Entry, String> column = column(
                "column-kind", Order.KIND, entry -> DocumentKind.of(entry).label());
        column.setPrefWidth(140);
        column.setMinWidth(120);
        column.setMaxWidth(190);
        return column;
    }

    private TableColumn<Entry, Entry> size() {
        TableColumn<Entry, Entry> column = column("column-size", Order.SIZE, Function.identity());
        column.setCellFactory(_ -> new SizeCell());
        column.getStyleClass().add("right");
        column.setPrefWidth(90);
        column.setMinWidth(84);
        column.setMaxWidth(110);
        return column;
    }

    private TableColumn<Entry, String> modified() {
        TableColumn<Entry, String> column =
                column("column-modified", Order.MODIFIED, entry -> Shown.when(entry.modified(), clock));
        column.setPrefWidth(140);
        column.setMinWidth(132);
        column.setMaxWidth(170);
        return column;
    }

    private static <T> TableColumn<Entry, T> column(String id, Order order, Function<Entry, T> value) {
        var column = new TableColumn<Entry, T>(Text.of("table." + id));
        column.setId(id);
        column.setUserData(order.name());
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        return column;
    }

    /// An icon by kind, the name, and a sign where two versions were made at the same time.
    private static final class NameCell extends TableCell<Entry, Entry> {
        NameCell() {
            setAccessibleRole(AccessibleRole.TABLE_CELL);
            getStyleClass().add("name-cell");
        }

        @Override
        protected void updateItem(@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setText(null);
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            DocumentKind kind = DocumentKind.of(entry);
            setGraphic(
                    entry.conflict()
                            ? Controls.kindIcon(Feather.GIT_BRANCH, "kind-conflict")
                            : Controls.kindIcon(kind.icon(), kind.style()));
            setText(Shown.name(entry.name()));
            setAccessibleText(
                    Text.of(isAway(entry) ? "table.row.online" : "table.row", Shown.name(entry.name()), kind.label()));
        }
    }

    /// The size, and a cloud where the document takes no room here.
    private static final class SizeCell extends TableCell<Entry, Entry> {
        @Override
        protected void updateItem(@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            setText(entry.isFolder() ? "—" : Shown.size(entry.size()));
            setGraphic(isAway(entry) ? Controls.icon(Feather.CLOUD, "online-mark") : null);
        }
    }

    private static boolean isAway(Entry entry) {
        return !entry.isFolder() && !entry.local();
    }
}
