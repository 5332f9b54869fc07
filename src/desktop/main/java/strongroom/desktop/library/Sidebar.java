package strongroom.desktop.library;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.recovery.SecondWayNote;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Brand;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.Entry;

/// Brand, all documents, the trash, the tree of folders, and whose vault it is.
final class Sidebar {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final LibraryViewModel model;
    private final VBox node;
    private final TreeView<FolderTreeViewModel.Node> tree = new TreeView<>();
    private final Button all;
    private final Button trash;
    private final ListChangeListener<Entry> onPath = _ -> showPlace();
    private final ChangeListener<Section> onSection = (_, _, _) -> showPlace();

    Sidebar(
            LibraryViewModel model,
            Runnable devices,
            Runnable changePin,
            Runnable recovery,
            Runnable proof,
            Button theme) {
        this.model = model;
        all = Controls.button(
                "all-documents", Text.of("sidebar.all"), Feather.LAYERS, model::openRoot, Styles.FLAT, "nav");
        all.setMaxWidth(Double.MAX_VALUE);
        trash = Controls.button(
                "trash-button", Text.of("sidebar.trash"), Feather.TRASH_2, model::openTrash, Styles.FLAT, "nav");
        trash.setMaxWidth(Double.MAX_VALUE);
        buildTree();
        VBox.setVgrow(tree, Priority.ALWAYS);
        node = Controls.column(
                "sidebar",
                Controls.row("brand", Brand.mark(32), Controls.label(Text.of("app.name"), "brand-name")),
                Controls.label(Text.of("sidebar.library"), "section"),
                all,
                trash,
                Controls.label(Text.of("sidebar.folders"), "section"),
                tree,
                new SecondWayNote(model.secondWay(), recovery, proof).node(),
                person(devices, changePin, recovery, theme));
        node.setId("sidebar");
    }

    VBox node() {
        return node;
    }

    void attach() {
        model.listing().path().addListener(onPath);
        model.sectionProperty().addListener(onSection);
        showPlace();
    }

    void detach() {
        model.listing().path().removeListener(onPath);
        model.sectionProperty().removeListener(onSection);
        tree.setRoot(null);
    }

    private void showPlace() {
        Section section = model.sectionProperty().get();
        boolean top = model.listing().path().size() == 1;
        all.pseudoClassStateChanged(CURRENT, section == Section.FOLDER && top);
        trash.pseudoClassStateChanged(CURRENT, section == Section.TRASH);
    }

    private void buildTree() {
        tree.setId("folder-tree");
        tree.setAccessibleText(Text.of("sidebar.folders"));
        tree.getStyleClass().addAll("folder-tree", Tweaks.EDGE_TO_EDGE);
        tree.setShowRoot(false);
        tree.setRoot(new TreeItem<>());
        tree.getRoot().setExpanded(true);
        tree.setCellFactory(_ -> new FolderCell());
        mirror(model.tree().top(), tree.getRoot());
        tree.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go(tree.getSelectionModel().getSelectedItem());
                event.consume();
            }
        });
        tree.setOnMouseClicked(_ -> go(tree.getSelectionModel().getSelectedItem()));
    }

    private void go(@Nullable TreeItem<FolderTreeViewModel.Node> item) {
        if (item != null && item.getValue() != null) {
            model.openFolder(item.getValue().id());
        }
    }

    /// Keeps the items of a tree in step with the folders; asks for a folder's own folders when it comes in sight,
    /// so that the arrow before it is true.
    private void mirror(ObservableList<FolderTreeViewModel.Node> nodes, TreeItem<FolderTreeViewModel.Node> parent) {
        Runnable fill = () -> parent.getChildren()
                .setAll(nodes.stream().map(child -> item(child, parent)).toList());
        nodes.addListener((ListChangeListener<FolderTreeViewModel.Node>) _ -> fill.run());
        fill.run();
    }

    private TreeItem<FolderTreeViewModel.Node> item(
            FolderTreeViewModel.Node folder, TreeItem<FolderTreeViewModel.Node> parent) {
        for (TreeItem<FolderTreeViewModel.Node> present : parent.getChildren()) {
            if (present.getValue() == folder) {
                return present;
            }
        }
        var item = new TreeItem<>(folder);
        mirror(folder.children(), item);
        item.expandedProperty().addListener((_, _, _) -> folder.children().forEach(model.tree()::look));
        if (parent.isExpanded()) {
            model.tree().look(folder);
        }
        return item;
    }

    private VBox person(Runnable devices, Runnable changePin, Runnable recovery, Button theme) {
        Label name = Controls.live("person-name", model.status().personProperty(), "person-name");
        name.setWrapText(false);
        name.setGraphic(Controls.icon(Feather.USER));
        Label assurance =
                Controls.live("assurance", model.status().assuranceProperty(), Styles.TEXT_SMALL, Styles.TEXT_MUTED);
        assurance.setGraphic(Controls.icon(Feather.SHIELD));
        var meaning = new Tooltip();
        meaning.textProperty().bind(model.status().assuranceMeaningProperty());
        meaning.setWrapText(true);
        meaning.setMaxWidth(320);
        assurance.setTooltip(meaning);
        Button open = Controls.button(
                "devices-button", Text.of("sidebar.devices"), Feather.MONITOR, devices, Styles.FLAT, Styles.SMALL);
        Button pin = Controls.iconButton("pin-button", Text.of("pin.title"), Feather.KEY, changePin);
        Button code = Controls.iconButton("recovery-button", Text.of("recovery.title"), Feather.LIFE_BUOY, recovery);
        return Controls.column(
                "person", name, assurance, Controls.row("person-buttons", open, Controls.filler(), pin, code, theme));
    }

    /// A long name is cut short; only deep folders make the tree scroll sideways.
    private static final class FolderCell extends TreeCell<FolderTreeViewModel.Node> {
        private static final double NAME = 150;
        private static final double LEVEL = 18;

        @Override
        protected double computePrefWidth(double height) {
            TreeItem<FolderTreeViewModel.Node> item = getTreeItem();
            return item == null ? NAME : NAME + LEVEL * getTreeView().getTreeItemLevel(item);
        }

        @Override
        protected void updateItem(FolderTreeViewModel.@Nullable Node folder, boolean empty) {
            super.updateItem(folder, empty);
            if (empty || folder == null) {
                setText(null);
                setGraphic(null);
            } else {
                setText(Shown.name(folder.name()));
                setGraphic(Controls.icon(Feather.FOLDER));
            }
        }
    }
}
