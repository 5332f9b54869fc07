package strongroom.desktop.pin;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.NewPin;
import strongroom.desktop.widget.PinField;

/// Asks for the present PIN and the new one.
public final class ChangePinView {
    private final ChangePinViewModel model;
    private final PinField present = new PinField("present-pin", Text.of("pin.present"));
    private final NewPin fresh;
    private final Button go;
    private final VBox node;

    public ChangePinView(ChangePinViewModel model) {
        this.model = model;
        fresh = new NewPin("new-pin", model.shortest());
        present.setOnEnter(fresh::requestFocus);
        fresh.setOnEnter(this::submit);
        go = Controls.button("pin-confirm", Text.of("pin.do"), Feather.CHECK, this::submit, Styles.ACCENT);
        go.disableProperty()
                .bind(fresh.kept()
                        .not()
                        .or(present.lengthProperty().isEqualTo(0))
                        .or(model.busyProperty()));
        var busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        busy.setId("pin-progress");
        busy.setAccessibleText(Text.of("pin.busy"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        node = Controls.column(
                "sheet-content",
                Controls.paragraph(Text.of("pin.explanation"), Styles.TEXT_MUTED),
                Controls.labelled(Text.of("pin.present"), present));
        node.getChildren().addAll(fresh.nodes());
        node.getChildren()
                .addAll(busy, Controls.live("pin-message", model.messageProperty(), "message", Styles.DANGER));
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// What changes it.
    public Button confirm() {
        return go;
    }

    /// What is typed into first.
    public Node first() {
        return present;
    }

    /// Forgets what was typed.
    public void clear() {
        present.clear();
        fresh.clear();
    }

    private void submit() {
        if (!go.isDisabled()) {
            model.change(present.take(), fresh.take(), fresh.takeRepeated());
            present.requestFocus();
        }
    }
}
