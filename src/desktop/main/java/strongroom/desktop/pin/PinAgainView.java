package strongroom.desktop.pin;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.PinField;

/// Asks for the present PIN, and for nothing else.
public final class PinAgainView {
    private final PinAgainViewModel model;
    private final PinField pin = new PinField("pin-again", Text.of("pin.present"));
    private final Button go;
    private final VBox node;

    public PinAgainView(PinAgainViewModel model) {
        this.model = model;
        pin.setOnEnter(this::submit);
        go = Controls.button(
                "pin-again-confirm", Text.of("pin.again.do"), Feather.ARROW_RIGHT, this::submit, Styles.ACCENT);
        go.disableProperty().bind(pin.lengthProperty().isEqualTo(0).or(model.busyProperty()));
        var busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        busy.setId("pin-again-progress");
        busy.setAccessibleText(Text.of("unlock.checking"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        node = Controls.column(
                "sheet-content",
                Controls.paragraph(Text.of("pin.again.explanation"), Styles.TEXT_MUTED),
                Controls.labelled(Text.of("pin.present"), pin),
                busy,
                Controls.live("pin-again-message", model.messageProperty(), "message", Styles.DANGER));
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// What shows the PIN to the vault.
    public Button confirm() {
        return go;
    }

    /// What is typed into first.
    public Node first() {
        return pin;
    }

    /// Forgets what was typed.
    public void clear() {
        pin.clear();
    }

    private void submit() {
        if (!go.isDisabled()) {
            model.prove(pin.take());
            pin.requestFocus();
        }
    }
}
