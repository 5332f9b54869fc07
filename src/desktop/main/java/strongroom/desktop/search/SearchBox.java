package strongroom.desktop.search;

import atlantafx.base.controls.CustomTextField;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// The box for what to look for. Enter opens the first hit, Down goes to the hits, Escape ends the search.
public final class SearchBox {
    private final SearchViewModel model;
    private final Runnable leave;
    private final CustomTextField field = new CustomTextField();

    /// @param leave takes the focus to what is shown
    public SearchBox(SearchViewModel model, Runnable leave) {
        this.model = model;
        this.leave = leave;
        field.setId("search-field");
        field.setAccessibleText(Text.of("search.field"));
        field.setPromptText(Text.of("search.prompt"));
        field.setTooltip(new Tooltip(Text.of("search.tip")));
        field.setLeft(Controls.icon(Feather.SEARCH));
        field.getStyleClass().add("search-field");
        field.textProperty().bindBidirectional(model.queryProperty());
        Button clear =
                Controls.iconButton("search-clear", Text.of("search.clear"), Feather.X, this::end, "search-clear");
        // Escape does the same; one stop less on the way through the window.
        clear.setFocusTraversable(false);
        clear.visibleProperty().bind(model.activeProperty());
        field.setRight(clear);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /// Its node.
    public Node node() {
        return field;
    }

    /// Takes the focus; whatever is in it is overwritten by what is typed.
    public void focus() {
        field.requestFocus();
        field.selectAll();
    }

    /// Ends following, and forgets what was typed.
    public void detach() {
        field.textProperty().unbindBidirectional(model.queryProperty());
        field.clear();
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            end();
        } else if (event.getCode() == KeyCode.ENTER) {
            model.open();
        } else if (event.getCode() == KeyCode.DOWN) {
            leave.run();
        } else {
            return;
        }
        event.consume();
    }

    private void end() {
        model.clear();
        leave.run();
    }
}
