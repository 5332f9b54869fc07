package strongroom.desktop.enrol;

import static strongroom.desktop.widget.Controls.button;
import static strongroom.desktop.widget.Controls.label;
import static strongroom.desktop.widget.Controls.paragraph;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.NewPin;

/// Choosing a PIN.
final class PinPage {
    private final EnrolViewModel model;
    // Made anew with the page: what is asked for is not known before the code.
    private NewPin pin;

    PinPage(EnrolViewModel model) {
        this.model = model;
        pin = new NewPin("enrol-pin", model.shortestPin());
    }

    List<Node> nodes(Label message) {
        pin.clear();
        pin = new NewPin("enrol-pin", model.shortestPin());
        pin.setOnEnter(this::submit);
        TextField name = Controls.field("enrol-device-name", Text.of("enrol.deviceName"), Text.of("enrol.deviceName"));
        name.textProperty().bindBidirectional(model.deviceNameProperty());
        Button go = button("enrol-submit", Text.of("enrol.create"), Feather.SHIELD, this::submit, Styles.ACCENT);
        go.disableProperty().bind(pin.kept().not().or(name.textProperty().isEmpty()));
        Button back = button("enrol-back", Text.of("enrol.back"), Feather.ARROW_LEFT, model::back, Styles.FLAT);
        List<Node> nodes = new ArrayList<>();
        nodes.add(label(Text.of("enrol.pin.title"), Styles.TITLE_2));
        nodes.add(paragraph(Text.of("enrol.pin.text"), Styles.TEXT_MUTED));
        nodes.addAll(pin.nodes());
        nodes.add(Controls.labelled(Text.of("enrol.deviceName"), name));
        nodes.add(message);
        nodes.add(Controls.row("sheet-buttons", back, Controls.filler(), go));
        return nodes;
    }

    void clear() {
        pin.clear();
    }

    private void submit() {
        model.enrol(pin.take(), pin.takeRepeated());
    }
}
