package strongroom.desktop.library;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.Sheets;
import strongroom.protocol.Id;
import strongroom.vault.client.Entry;

/// Asks for the folder to move to.
final class MoveSheet {
    private final LibraryViewModel model;
    private final Sheets sheets;
    private final List<Entry> entries;
    private final TreeView<Target> tree = new TreeView<>();

    MoveSheet(LibraryViewModel model, Sheets sheets, List<Entry> entries) {
        this.model = model;
        this.sheets = sheets;
        this.entries = entries;
    }

    void show() {
        Entry root = model.listing().path().getFirst();
        var top = new TreeItem<>(new Target(root.id(), Text.of("sidebar.all")), Controls.icon(Feather.LAYERS));
        top.setExpanded(true);
        mirror(model.tree().top(), top);
        tree.setRoot(top);
        tree.setId("move-tree");
        tree.setAccessibleText(Text.of("move.tree"));
        tree.getStyleClass().addAll("move-tree", Styles.BORDERED);
        tree.getSelectionModel().select(top);
        Button go =
                Controls.button("move-confirm", Text.of("move.do"), Feather.CORNER_UP_RIGHT, this::move, Styles.ACCENT);
        go.disableProperty()
                .bind(tree.getSelectionModel().selectedItemProperty().isNull());
        sheets.show(
                "move-sheet",
                Text.of("move.title", entries.size()),
                Controls.column("sheet-content", Controls.paragraph(Text.of("move.where"), Styles.TEXT_MUTED), tree),
                sheets.buttons(go),
                tree,
                () -> tree.setRoot(null));
    }

    private void move() {
        Target target = tree.getSelectionModel().getSelectedItem().getValue();
        sheets.close();
        model.commands().move(entries, target.id);
    }

    private void mirror(ObservableList<FolderTreeViewModel.Node> folders, TreeItem<Target> parent) {
        Runnable fill = () -> parent.getChildren()
                .setAll(folders.stream()
                        .filter(folder ->
                                entries.stream().noneMatch(entry -> entry.id().equals(folder.id())))
                        .map(this::item)
                        .toList());
        folders.addListener((ListChangeListener<FolderTreeViewModel.Node>) _ -> fill.run());
        fill.run();
    }

    private TreeItem<Target> item(FolderTreeViewModel.Node folder) {
        var item = new TreeItem<>(new Target(folder.id(), Shown.name(folder.name())), Controls.icon(Feather.FOLDER));
        mirror(folder.children(), item);
        item.expandedProperty().addListener((_, _, _) -> folder.children().forEach(model.tree()::look));
        return item;
    }

    private record Target(Id id, String name) {
        @Override
        public String toString() {
            return name;
        }
    }
}
