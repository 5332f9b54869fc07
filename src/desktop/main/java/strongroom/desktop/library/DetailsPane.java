package strongroom.desktop.library;

import static strongroom.desktop.widget.Controls.button;
import static strongroom.desktop.widget.Controls.label;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.document.DocumentKind;
import strongroom.desktop.document.PreviewView;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.Entry;

/// What is known about the selection, a preview, and opening it.
final class DetailsPane {
    private final LibraryViewModel model;
    private final Runnable export;
    private final PreviewView preview;
    private final VBox content = Controls.column("details");
    private final ScrollPane node = new ScrollPane(content);
    private final ListChangeListener<Entry> onSelect = _ -> show();

    DetailsPane(LibraryViewModel model, Runnable export) {
        this.model = model;
        this.export = export;
        this.preview = new PreviewView(model.preview());
        content.setId("details-pane");
        node.getStyleClass().addAll("details-scroll", Tweaks.EDGE_TO_EDGE);
        node.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        node.setFitToWidth(true);
        // The keys go to what is in it.
        node.setFocusTraversable(false);
    }

    Node node() {
        return node;
    }

    void attach() {
        preview.attach();
        model.listing().selection().addListener(onSelect);
        show();
    }

    void detach() {
        preview.detach();
        model.listing().selection().removeListener(onSelect);
        content.getChildren().clear();
    }

    private void show() {
        ObservableList<Entry> selection = model.listing().selection();
        if (selection.isEmpty()) {
            content.getChildren().setAll(hint(Feather.MOUSE_POINTER, Text.of("details.none")));
        } else if (selection.size() > 1) {
            long bytes = selection.stream().mapToLong(Entry::size).sum();
            content.getChildren()
                    .setAll(hint(Feather.COPY, Text.of("details.many", selection.size(), Shown.size(bytes))));
        } else {
            show(selection.getFirst());
        }
    }

    private void show(Entry entry) {
        DocumentKind kind = DocumentKind.of(entry);
        Label name = Controls.paragraph(Shown.name(entry.name()), Styles.TITLE_4, "details-name");
        name.setId("details-name");
        var facts = new GridPane();
        facts.getStyleClass().add("facts");
        fact(facts, "details.kind", kind.label());
        if (!entry.isFolder()) {
            fact(facts, "details.size", Shown.size(entry.size()));
            fact(facts, "details.modified", Shown.when(entry.modified(), model.clock()));
        }
        fact(facts, "details.added", Shown.when(entry.added(), model.clock()));
        if (!entry.isFolder()) {
            fact(facts, "details.version", String.valueOf(entry.version()));
        }
        Label where = label("");
        where.setId("details-where");
        where.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> where(entry), model.commands().keptProperty()));
        facts.addRow(facts.getRowCount(), label(Text.of("details.where"), Styles.TEXT_MUTED), where);
        Button open = button(
                "open-button",
                Text.of(entry.isFolder() ? "details.openFolder" : "details.open"),
                entry.isFolder() ? Feather.FOLDER : Feather.EYE,
                () -> model.open(entry),
                Styles.ACCENT);
        open.setMaxWidth(Double.MAX_VALUE);
        Button out = button("details-export", Text.of("action.export"), Feather.SHARE, export);
        out.setMaxWidth(Double.MAX_VALUE);
        Node top = entry.isFolder() ? folderMark() : preview.node();
        content.getChildren().setAll(top, name, facts, open, out);
        if (entry.conflict()) {
            content.getChildren().add(2, Controls.paragraph(Text.of("details.conflict"), "conflict-note"));
        }
        Label safe = Controls.paragraph(Text.of("details.safe"), Styles.TEXT_SMALL, Styles.TEXT_MUTED);
        safe.setGraphic(Controls.icon(Feather.SHIELD, "safe-icon"));
        content.getChildren().add(safe);
    }

    private String where(Entry entry) {
        if (model.commands().keptProperty().get()) {
            return Text.of("details.kept");
        }
        if (entry.isFolder()) {
            return Text.of("details.mixed");
        }
        return Text.of(entry.local() ? "details.here" : "details.online");
    }

    private static Node folderMark() {
        return Controls.column("preview-frame", Controls.icon(Feather.FOLDER, "preview-mark"));
    }

    private static Node hint(Feather icon, String text) {
        return Controls.column(
                "details-hint", Controls.icon(icon, "preview-mark"), Controls.paragraph(text, Styles.TEXT_MUTED));
    }

    private static void fact(GridPane facts, String name, String value) {
        facts.addRow(facts.getRowCount(), label(Text.of(name), Styles.TEXT_MUTED), label(value));
    }
}
