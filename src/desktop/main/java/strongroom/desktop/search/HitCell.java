package strongroom.desktop.search;

import atlantafx.base.theme.Styles;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.document.DocumentKind;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.SearchHit;

/// A hit: its name, where it is, and the words around what was looked for. As high as these need.
final class HitCell extends ListCell<SearchHit> {
    private static final double SCROLL_BAR_AND_PADDING = 50;
    private static final double LEAST = 200;

    private final ListView<SearchHit> list;

    HitCell(ListView<SearchHit> list, Runnable open) {
        this.list = list;
        getStyleClass().add("hit-cell");
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !isEmpty()) {
                open.run();
            }
        });
    }

    @Override
    protected void updateItem(@Nullable SearchHit hit, boolean empty) {
        super.updateItem(hit, empty);
        if (empty || hit == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        String name = Shown.name(hit.entry().name());
        String folder = hit.folder().isEmpty() ? Text.of("sidebar.all") : Shown.path(hit.folder());
        setGraphic(content(hit, name, folder));
        setAccessibleText(Text.of("search.row", name, folder, Shown.line(hit.snippet())));
    }

    /// The width is the list's, whatever the words are; otherwise a long snippet would make the list scroll sideways.
    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        return getGraphic() instanceof Region content
                ? snappedTopInset() + content.prefHeight(content.getPrefWidth()) + snappedBottomInset()
                : super.computePrefHeight(width);
    }

    private HBox content(SearchHit hit, String name, String folder) {
        DocumentKind kind = DocumentKind.of(hit.entry());
        Label mark = Controls.kindIcon(kind.icon(), kind.style());
        Label title = Controls.label(name, "hit-name");
        title.setMinWidth(120);
        Label where = Controls.label(folder, Styles.TEXT_SMALL, Styles.TEXT_MUTED, "hit-folder");
        where.setGraphic(Controls.icon(Feather.FOLDER));
        where.setMinWidth(100);
        // Of a long way its end says most.
        where.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        VBox words = Controls.column("hit-words", Controls.row("hit-top", title, Controls.filler(), where));
        if (!hit.snippet().isBlank()) {
            words.getChildren().add(Snippet.show(hit));
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox content = Controls.row("hit", mark, words);
        content.prefWidthProperty()
                .bind(Bindings.max(LEAST, list.widthProperty().subtract(SCROLL_BAR_AND_PADDING)));
        return content;
    }
}
