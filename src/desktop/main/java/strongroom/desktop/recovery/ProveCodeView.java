package strongroom.desktop.recovery;

import atlantafx.base.theme.Styles;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// Asks for the recovery code from the paper. Whoever does not find the paper makes another code.
public final class ProveCodeView {
    private final ProveCodeViewModel model;
    private final CodeFields typed = new CodeFields("proof-code");
    private final Button go;
    private final Button renew;
    private final VBox node;
    private final ChangeListener<String> onMessage;

    /// @param another opens what makes another code
    public ProveCodeView(ProveCodeViewModel model, Runnable another) {
        this.model = model;
        onMessage = (_, _, now) -> typed.wrong(!now.isEmpty());
        typed.setOnEnter(this::submit);
        go = Controls.button("proof-confirm", Text.of("recovery.prove"), Feather.CHECK, this::submit, Styles.ACCENT);
        go.disableProperty().bind(typed.complete().not().or(model.busyProperty()));
        renew = Controls.button("proof-renew", Text.of("proof.lost"), Feather.REFRESH_CW, another, Styles.FLAT);
        renew.disableProperty().bind(model.busyProperty());
        var busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        busy.setId("proof-progress");
        busy.setAccessibleText(Text.of("recovery.busy"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        Label explanation = Controls.paragraph(model.explanation());
        explanation.setId("proof-text");
        node = Controls.column(
                "sheet-content",
                explanation,
                typed.node(),
                busy,
                Controls.live("proof-message", model.messageProperty(), "message", Styles.DANGER));
        model.messageProperty().addListener(onMessage);
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// What to do with what was typed, or without the paper.
    public Button[] buttons() {
        return new Button[] {renew, go};
    }

    /// Gives the code the focus.
    public void requestFocus() {
        typed.requestFocus();
    }

    /// Forgets what was typed.
    public void detach() {
        model.messageProperty().removeListener(onMessage);
        typed.clear();
        node.getChildren().clear();
    }

    private void submit() {
        if (!go.isDisabled()) {
            model.prove(typed.copy());
            typed.requestFocus();
        }
    }
}
