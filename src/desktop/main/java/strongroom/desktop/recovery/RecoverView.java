package strongroom.desktop.recovery;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.NewPin;

/// Asks for the recovery code and a new PIN, in the place of the PIN that does not open any more.
public final class RecoverView {
    private final RecoverViewModel model;
    private final CodeFields typed = new CodeFields("recover-code");
    private final NewPin fresh;
    private final Button go;
    private final VBox node;
    private final ChangeListener<Boolean> onComplete = (_, _, now) -> look(now);
    private final ChangeListener<Boolean> onMistyped = (_, _, now) -> mark(now);

    public RecoverView(RecoverViewModel model) {
        this.model = model;
        fresh = new NewPin("recover-pin", model.shortest());
        fresh.setOnEnter(this::submit);
        typed.setOnEnter(fresh::requestFocus);
        go = Controls.button("recover-confirm", Text.of("recover.do"), Feather.UNLOCK, this::submit, Styles.ACCENT);
        go.disableProperty().bind(fresh.kept().not().or(typed.complete().not()).or(model.busyProperty()));
        Button back =
                Controls.button("recover-back", Text.of("recover.back"), Feather.ARROW_LEFT, model::back, Styles.FLAT);
        back.disableProperty().bind(model.busyProperty());
        var busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        busy.setId("recover-progress");
        busy.setAccessibleText(Text.of("recover.busy"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        Label reason = Controls.live("recover-reason", model.reasonProperty(), "warning-text");
        reason.setGraphic(Controls.icon(Feather.ALERT_TRIANGLE));
        Label message = Controls.live("recover-message", model.messageProperty(), "message", Styles.DANGER);
        message.setGraphic(Controls.icon(Feather.ALERT_CIRCLE));
        node = Controls.column(
                "card",
                Controls.label(Text.of("recover.title"), Styles.TITLE_3),
                reason,
                Controls.live("recover-text", model.explanationProperty(), Styles.TEXT_MUTED),
                Controls.column("field-group", Controls.label(Text.of("recover.code"), "field-label"), typed.node()));
        node.getStyleClass().addAll("left", "recover");
        node.setId("recover-card");
        node.getChildren().addAll(pins());
        node.getChildren().addAll(busy, message, Controls.row("sheet-buttons", back, Controls.filler(), go));
        node.setMaxSize(VBox.USE_PREF_SIZE, VBox.USE_PREF_SIZE);
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// Begins to follow the model.
    public void attach() {
        typed.complete().addListener(onComplete);
        model.mistypedProperty().addListener(onMistyped);
    }

    /// Ends it, and forgets what was typed.
    public void detach() {
        typed.complete().removeListener(onComplete);
        model.mistypedProperty().removeListener(onMistyped);
        clear();
    }

    /// Forgets what was typed.
    public void clear() {
        typed.clear();
        fresh.clear();
    }

    /// Gives the code the focus.
    public void requestFocus() {
        typed.requestFocus();
    }

    /// Both PINs side by side: a small window has no room for one below the other.
    private List<Node> pins() {
        List<Node> nodes = fresh.nodes();
        HBox fields = Controls.row("pin-pair", nodes.get(0), nodes.get(1));
        fields.getChildren().forEach(field -> HBox.setHgrow(field, Priority.ALWAYS));
        return List.of(fields, nodes.get(2));
    }

    private void look(boolean complete) {
        if (complete) {
            model.look(typed.copy());
            if (model.mistypedProperty().get()) {
                typed.requestFocus();
            } else {
                fresh.requestFocus();
            }
        }
    }

    private void mark(boolean mistyped) {
        typed.wrong(mistyped);
        if (mistyped) {
            typed.requestFocus();
        }
    }

    private void submit() {
        if (!go.isDisabled()) {
            model.recover(typed.copy(), fresh.take(), fresh.takeRepeated());
            fresh.requestFocus();
        }
    }
}
