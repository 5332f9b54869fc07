package strongroom.desktop.library;

import static strongroom.desktop.widget.Controls.iconButton;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.Entry;

/// The way to the folder, what can be done in it, and its list; or what to do first where it is empty.
final class FolderPane {
    private static final int MOST_CRUMBS = 4;
    private static final double SHORTEST_CRUMB = 40;

    private final LibraryViewModel model;
    private final Questions questions;
    private final HBox crumbs = Controls.row("crumbs");
    private final BooleanBinding none;
    private final BooleanBinding notOne;
    private final BooleanBinding notOneDocument;
    private final VBox node;
    private final ListChangeListener<Entry> onPath = _ -> showPath();

    FolderPane(LibraryViewModel model, EntryTable table, Questions questions) {
        this.model = model;
        this.questions = questions;
        var selection = model.listing().selection();
        none = Bindings.isEmpty(selection);
        notOne = Bindings.size(selection).isNotEqualTo(1);
        notOneDocument = Bindings.createBooleanBinding(
                () -> selection.size() != 1 || selection.getFirst().isFolder(), selection);
        table.menu(menu());
        Node empty = emptyState();
        Controls.showWhen(empty, model.listing().emptyProperty());
        Controls.showWhen(table.node(), model.listing().emptyProperty().not());
        var stack = new StackPane(table.node(), empty);
        VBox.setVgrow(stack, Priority.ALWAYS);
        node = Controls.column(
                "folder", banner(), Controls.row("folder-bar", crumbs, Controls.filler(), actions()), stack);
    }

    VBox node() {
        return node;
    }

    void attach() {
        model.listing().path().addListener(onPath);
        showPath();
    }

    void detach() {
        model.listing().path().removeListener(onPath);
        crumbs.getChildren().clear();
        none.dispose();
        notOne.dispose();
        notOneDocument.dispose();
    }

    private void showPath() {
        List<Node> parts = new ArrayList<>();
        List<Entry> path = model.listing().path();
        for (int i = 0; i < path.size(); i++) {
            Entry folder = path.get(i);
            if (path.size() > MOST_CRUMBS && i > 0 && i < path.size() - MOST_CRUMBS + 2) {
                // Deep down the way is long; the tree shows all of it.
                if (i == 1) {
                    parts.add(Controls.icon(Feather.CHEVRON_RIGHT, "crumb-arrow"));
                    parts.add(Controls.label("…", "crumb"));
                }
                continue;
            }
            boolean root = folder.parent().equals(folder.id());
            if (!root) {
                parts.add(Controls.icon(Feather.CHEVRON_RIGHT, "crumb-arrow"));
            }
            String name = root ? Text.of("sidebar.all") : Shown.name(folder.name());
            var crumb = new Button(name);
            crumb.setId("crumb-" + folder.id());
            crumb.setAccessibleText(Text.of("crumb", name));
            crumb.setMinWidth(SHORTEST_CRUMB);
            crumb.getStyleClass().addAll(Styles.FLAT, "crumb");
            crumb.setOnAction(_ -> model.openFolder(folder.id()));
            crumb.setDisable(folder.equals(path.getLast()));
            parts.add(crumb);
        }
        crumbs.getChildren().setAll(parts);
    }

    private HBox actions() {
        Button make = iconButton(
                "new-folder-button", Text.of("action.newFolder"), Feather.FOLDER_PLUS, questions::makeFolder);
        make.disableProperty().bind(model.listing().readyProperty().not());
        Button rename = iconButton("rename-button", Text.of("action.rename"), Feather.EDIT_2, questions::rename);
        rename.disableProperty().bind(notOne);
        Button move = iconButton("move-button", Text.of("action.move"), Feather.CORNER_UP_RIGHT, questions::move);
        move.disableProperty().bind(none);
        Button export = iconButton("export-button", Text.of("action.export"), Feather.SHARE, questions::export);
        export.disableProperty().bind(none);
        Button versions = iconButton("versions-button", Text.of("action.versions"), Feather.CLOCK, questions::versions);
        versions.disableProperty().bind(notOneDocument);
        Button delete = iconButton(
                "delete-button", Text.of("action.delete"), Feather.TRASH_2, questions::remove, Styles.DANGER);
        delete.disableProperty().bind(none);
        return Controls.row("actions", make, rename, move, versions, export, delete);
    }

    private ContextMenu menu() {
        MenuItem open = item(
                "menu-open",
                "action.open",
                Feather.EYE,
                () -> model.open(model.listing().selection().getFirst()));
        open.disableProperty().bind(notOne);
        MenuItem rename = item("menu-rename", "action.rename", Feather.EDIT_2, questions::rename);
        rename.disableProperty().bind(notOne);
        MenuItem move = item("menu-move", "action.move", Feather.CORNER_UP_RIGHT, questions::move);
        move.disableProperty().bind(none);
        MenuItem export = item("menu-export", "action.export", Feather.SHARE, questions::export);
        export.disableProperty().bind(none);
        MenuItem versions = item("menu-versions", "action.versions", Feather.CLOCK, questions::versions);
        versions.disableProperty().bind(notOneDocument);
        MenuItem keep = item("menu-keep", "action.keep", Feather.DOWNLOAD_CLOUD, () -> model.commands()
                .keep(List.copyOf(model.listing().selection())));
        keep.disableProperty().bind(none.or(model.commands().keptProperty()));
        MenuItem online = item("menu-online", "action.online", Feather.CLOUD, () -> model.commands()
                .makeOnlineOnly(List.copyOf(model.listing().selection())));
        online.disableProperty().bind(none);
        MenuItem delete = item("menu-delete", "action.delete", Feather.TRASH_2, questions::remove);
        delete.disableProperty().bind(none);
        MenuItem make = item("menu-new-folder", "action.newFolder", Feather.FOLDER_PLUS, questions::makeFolder);
        return new ContextMenu(
                open,
                rename,
                move,
                versions,
                export,
                new SeparatorMenuItem(),
                keep,
                online,
                new SeparatorMenuItem(),
                make,
                new SeparatorMenuItem(),
                delete);
    }

    private static MenuItem item(String id, String key, Ikon icon, Runnable action) {
        var item = new MenuItem(Text.of(key), Controls.icon(icon));
        item.setId(id);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private Node banner() {
        Label code = Controls.live("approval-code", model.status().approvalCodeProperty(), "approval-code");
        HBox banner = Controls.row(
                "banner",
                Controls.icon(Feather.SMARTPHONE),
                Controls.column(
                        "banner-text",
                        Controls.label(Text.of("approval.title"), Styles.TEXT_BOLD),
                        Controls.paragraph(Text.of("approval.how"), Styles.TEXT_SMALL)),
                Controls.filler(),
                code);
        banner.setId("approval-banner");
        Controls.showWhen(banner, model.status().approvalCodeProperty().isNotEmpty());
        return banner;
    }

    private Node emptyState() {
        Button files = Controls.button(
                "empty-import", Text.of("empty.import"), Feather.UPLOAD, questions::importFiles, Styles.ACCENT);
        Button folder = Controls.button(
                "empty-import-folder", Text.of("empty.folder"), Feather.FOLDER_PLUS, questions::importFolder);
        VBox box = Controls.column(
                "empty",
                Controls.icon(Feather.INBOX, "empty-mark"),
                Controls.label(Text.of("empty.title"), Styles.TITLE_3),
                Controls.paragraph(Text.of("empty.text"), Styles.TEXT_MUTED),
                Controls.row("empty-buttons", files, folder));
        box.setId("empty-state");
        return box;
    }
}
