package strongroom.desktop.search;

import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.Entry;
import strongroom.vault.client.SearchHit;

/// What was found, in the place of the list.
public final class SearchPane {
    private final SearchViewModel model;
    private final Consumer<Entry> showInFolder;
    private final ListView<SearchHit> list = new ListView<>();
    private final VBox node;
    private final ChangeListener<@Nullable SearchHit> onChosen = (_, _, now) -> select(now);

    /// @param showInFolder shows where something is
    public SearchPane(SearchViewModel model, Consumer<Entry> showInFolder) {
        this.model = model;
        this.showInFolder = showInFolder;
        buildList();
        Node nothing = nothing();
        Controls.showWhen(nothing, model.nothingProperty().isNotEmpty());
        Controls.showWhen(list, model.nothingProperty().isEmpty());
        var stack = new StackPane(list, nothing);
        VBox.setVgrow(stack, Priority.ALWAYS);
        Label reading = Controls.live("search-reading", model.readingProperty(), "search-reading");
        reading.setGraphic(Controls.icon(Feather.BOOK_OPEN));
        node = Controls.column(
                "folder",
                bar(),
                reading,
                Controls.live("search-message", model.messageProperty(), "message", Styles.DANGER),
                stack);
        node.setId("search-pane");
    }

    /// Its node.
    public VBox node() {
        return node;
    }

    /// Takes the focus where the keyboard should go.
    public void focus() {
        list.requestFocus();
    }

    /// Begins to follow.
    public void attach() {
        model.chosenProperty().addListener(onChosen);
        select(model.chosenProperty().get());
    }

    /// Ends following, and forgets what it showed.
    public void detach() {
        model.chosenProperty().removeListener(onChosen);
        list.setItems(null);
    }

    private void buildList() {
        list.setId("search-hits");
        list.setAccessibleText(Text.of("search.hits"));
        list.getStyleClass().addAll("hit-list", Styles.BORDERED);
        list.setItems(model.hits());
        list.setCellFactory(_ -> new HitCell(list, model::open));
        list.setContextMenu(menu());
        list.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (now != null) {
                model.choose(now);
            }
        });
        list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                if (event.isShortcutDown()) {
                    showChosen();
                } else {
                    model.open();
                }
                event.consume();
            }
        });
    }

    private void select(@Nullable SearchHit hit) {
        if (hit == null) {
            list.getSelectionModel().clearSelection();
        } else if (!hit.equals(list.getSelectionModel().getSelectedItem())) {
            list.getSelectionModel().select(hit);
            list.scrollTo(hit);
        }
    }

    private void showChosen() {
        SearchHit hit = model.chosenProperty().get();
        if (hit != null) {
            showInFolder.accept(hit.entry());
        }
    }

    private HBox bar() {
        Button open = Controls.button("search-open", Text.of("action.open"), Feather.EYE, model::open);
        open.disableProperty().bind(model.chosenProperty().isNull());
        Button show = Controls.button("search-show", Text.of("search.show"), Feather.FOLDER, this::showChosen);
        show.disableProperty().bind(model.chosenProperty().isNull());
        Label summary = Controls.live("search-summary", model.summaryProperty(), Styles.TEXT_MUTED);
        return Controls.row(
                "folder-bar",
                Controls.label(Text.of("search.title"), Styles.TITLE_4),
                summary,
                Controls.filler(),
                show,
                open);
    }

    private ContextMenu menu() {
        return new ContextMenu(
                item("menu-hit-open", "action.open", Feather.EYE, model::open),
                item("menu-hit-show", "search.show", Feather.FOLDER, this::showChosen));
    }

    private MenuItem item(String id, String key, Ikon icon, Runnable action) {
        var item = new MenuItem(Text.of(key), Controls.icon(icon));
        item.setId(id);
        item.setOnAction(_ -> action.run());
        item.disableProperty().bind(model.chosenProperty().isNull());
        return item;
    }

    private Node nothing() {
        Label sentence = Controls.live("search-nothing", model.nothingProperty(), Styles.TEXT_MUTED);
        return Controls.column(
                "empty",
                Controls.icon(Feather.SEARCH, "empty-mark"),
                Controls.label(Text.of("search.nothing.title"), Styles.TITLE_3),
                sentence);
    }
}
