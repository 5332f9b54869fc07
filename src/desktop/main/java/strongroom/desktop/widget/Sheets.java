package strongroom.desktop.widget;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;

/// Questions over a screen, in the same window: no focus changes hands, and at a lock they go with the screen's
/// nodes. One at a time. On the thread of the window.
public final class Sheets {
    private final Node below;
    private final StackPane layer = new StackPane();
    private @Nullable Node before;
    private Runnable onClose = () -> {};

    /// @param below what is out of reach while a sheet is up
    public Sheets(Node below) {
        this.below = below;
        layer.setId("sheet-layer");
        layer.getStyleClass().add("sheet-layer");
        layer.setVisible(false);
        // A filter: trees and tables take the key for themselves otherwise.
        layer.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
    }

    /// The layer to lay over the screen.
    public StackPane layer() {
        return layer;
    }

    /// Whether one is up.
    public boolean isUp() {
        return layer.isVisible();
    }

    /// Shows a sheet.
    ///
    /// @param id of the sheet @param focus what gets the focus @param closed runs when it goes away
    public void show(String id, String title, Node content, HBox buttons, Node focus, Runnable closed) {
        close();
        onClose = closed;
        before = layer.getScene() == null ? null : layer.getScene().getFocusOwner();
        Label heading = Controls.label(title, Styles.TITLE_4);
        Button x = Controls.iconButton("sheet-close", Text.of("sheet.close"), Feather.X, this::close);
        HBox top = Controls.row("sheet-top", heading, Controls.filler(), x);
        VBox sheet = Controls.column("question", top, content, buttons);
        sheet.setId(id);
        sheet.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        layer.getChildren().setAll(sheet);
        layer.setVisible(true);
        below.setDisable(true);
        // A text field selects everything when its skin comes to life: before the caller selects a part.
        layer.applyCss();
        focus.requestFocus();
    }

    /// Takes a sheet away, if it is the one that is up. @param id of the sheet
    public void close(String id) {
        if (layer.getChildren().stream().anyMatch(sheet -> id.equals(sheet.getId()))) {
            close();
        }
    }

    /// Takes the sheet away.
    public void close() {
        if (isUp()) {
            layer.setVisible(false);
            layer.getChildren().clear();
            below.setDisable(false);
            if (before != null) {
                before.requestFocus();
                before = null;
            }
            Runnable closed = onClose;
            onClose = () -> {};
            closed.run();
        }
    }

    /// A row of buttons with the one that cancels.
    public HBox buttons(Button... answers) {
        return buttons("sheet.cancel", answers);
    }

    /// A row of buttons for a sheet that only tells, with one that closes it.
    public HBox closing(Button... others) {
        return buttons("sheet.close", others);
    }

    private HBox buttons(String end, Button... answers) {
        Button cancel = Controls.button("sheet-cancel", Text.of(end), Feather.X, this::close);
        cancel.setGraphic(null);
        cancel.setCancelButton(true);
        HBox row = Controls.row("sheet-buttons", Controls.filler(), cancel);
        row.getChildren().addAll(answers);
        return row;
    }
}
