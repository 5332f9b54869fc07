package strongroom.desktop.recovery;

import atlantafx.base.theme.Styles;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.recovery.RecoveryCodeViewModel.Step;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.PinField;

/// Says how it stands, shows a new recovery code, and asks for it from the paper: three pages, one after the other.
public final class RecoveryCodeView {
    private final RecoveryCodeViewModel model;
    private final PinField pin = new PinField("recovery-pin", Text.of("recovery.pin"));
    private final CodeGroups shown = new CodeGroups();
    private final CodeFields typed = new CodeFields("recovery-typed");
    private final VBox node = Controls.column("sheet-content");
    private final ProgressBar busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final Label message;
    private final Button make;
    private final Button written;
    private final Button again;
    private final Button prove;
    private final ChangeListener<Step> onStep = (_, _, now) -> {
        show(now);
        focus(now);
    };
    private final ChangeListener<String> onMessage = (_, _, now) -> typed.wrong(!now.isEmpty());

    public RecoveryCodeView(RecoveryCodeViewModel model) {
        this.model = model;
        message = Controls.live("recovery-message", model.messageProperty(), "message", Styles.DANGER);
        busy.setId("recovery-progress");
        busy.setAccessibleText(Text.of("recovery.busy"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        make = button("recovery-make", "recovery.make", Feather.ARROW_RIGHT, this::make, Step.PIN);
        make.disableProperty().bind(pin.lengthProperty().isEqualTo(0).or(model.busyProperty()));
        written = button("recovery-written", "recovery.written", Feather.ARROW_RIGHT, model::written, Step.CODE);
        again = button("recovery-again", "recovery.again", Feather.ARROW_LEFT, model::again, Step.PROOF);
        again.getStyleClass().setAll("button", Styles.FLAT);
        again.disableProperty().bind(model.busyProperty());
        prove = button("recovery-prove", "recovery.prove", Feather.CHECK, this::prove, Step.PROOF);
        prove.disableProperty().bind(typed.complete().not().or(model.busyProperty()));
        pin.setOnEnter(this::make);
        typed.setOnEnter(this::prove);
        // Enter goes on from whichever group it is heard from.
        shown.node().addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                model.written();
                event.consume();
            }
        });
        show(model.stepProperty().get());
        model.stepProperty().addListener(onStep);
        model.messageProperty().addListener(onMessage);
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// What leads from page to page; none where no code may open this device.
    public Button[] buttons() {
        return model.stepProperty().get() == Step.ELSEWHERE
                ? new Button[0]
                : new Button[] {again, make, written, prove};
    }

    /// What is typed into first.
    public Node first() {
        return pin;
    }

    /// Forgets what was typed, and drops what was shown.
    public void detach() {
        model.stepProperty().removeListener(onStep);
        model.messageProperty().removeListener(onMessage);
        clear();
        node.getChildren().clear();
    }

    private void clear() {
        pin.clear();
        typed.clear();
        shown.drop();
    }

    private void show(Step step) {
        clear();
        switch (step) {
            case ELSEWHERE -> node.getChildren().setAll(Controls.paragraph(model.standing()));
            case PIN ->
                node.getChildren()
                        .setAll(
                                standing(),
                                Controls.paragraph(Text.of("recovery.explanation"), Styles.TEXT_MUTED),
                                Controls.labelled(Text.of("recovery.pin"), pin),
                                busy,
                                message);
            case CODE -> {
                shown.show(model.code());
                node.getChildren()
                        .setAll(Controls.paragraph(Text.of("recovery.write")), shown.node(), label(), warning());
            }
            case PROOF ->
                node.getChildren()
                        .setAll(Controls.paragraph(Text.of("recovery.typeBack")), typed.node(), busy, message);
        }
    }

    private void focus(Step step) {
        switch (step) {
            case ELSEWHERE -> {}
            case PIN -> pin.requestFocus();
            case CODE -> shown.requestFocus();
            case PROOF -> typed.requestFocus();
        }
    }

    private Label standing() {
        Label standing = Controls.paragraph(model.standing());
        standing.setId("recovery-standing");
        return standing;
    }

    private Label label() {
        Label label = Controls.paragraph(model.label(), Styles.TEXT_MUTED);
        label.setId("recovery-label");
        return label;
    }

    private static Label warning() {
        Label warning = Controls.paragraph(Text.of("recovery.warning"), "warning-text");
        warning.setGraphic(Controls.icon(Feather.ALERT_TRIANGLE));
        return warning;
    }

    private Button button(String id, String key, Ikon icon, Runnable action, Step on) {
        Button button = Controls.button(id, Text.of(key), icon, action, Styles.ACCENT);
        Controls.showWhen(button, model.stepProperty().isEqualTo(on));
        return button;
    }

    private void make() {
        if (!make.isDisabled()) {
            model.make(pin.take());
            pin.requestFocus();
        }
    }

    private void prove() {
        if (!prove.isDisabled()) {
            model.prove(typed.copy());
            typed.requestFocus();
        }
    }
}
