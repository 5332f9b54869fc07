package strongroom.desktop.enrol;

import static strongroom.desktop.widget.Controls.button;
import static strongroom.desktop.widget.Controls.label;
import static strongroom.desktop.widget.Controls.paragraph;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.PinField;

/// Choosing a PIN: twice, with the rules in sight.
final class PinPage {
    private final EnrolViewModel model;
    private final PinField first = new PinField("enrol-pin", Text.of("enrol.pin"));
    private final PinField second = new PinField("enrol-pin-repeat", Text.of("enrol.pin.repeat"));
    private final BooleanBinding longEnough;
    private final BooleanBinding same;

    PinPage(EnrolViewModel model) {
        this.model = model;
        longEnough = first.lengthProperty().greaterThanOrEqualTo(EnrolViewModel.SHORTEST_PIN);
        same = Bindings.createBooleanBinding(
                () -> first.lengthProperty().get() > 0 && first.sameAs(second),
                first.lengthProperty(),
                second.lengthProperty());
        first.setOnEnter(second::requestFocus);
        second.setOnEnter(this::submit);
    }

    List<Node> nodes(Label message) {
        TextField name = Controls.field("enrol-device-name", Text.of("enrol.deviceName"), Text.of("enrol.deviceName"));
        name.textProperty().bindBidirectional(model.deviceNameProperty());
        Button go = button("enrol-submit", Text.of("enrol.create"), Feather.SHIELD, this::submit, Styles.ACCENT);
        go.disableProperty()
                .bind(longEnough.and(same).not().or(name.textProperty().isEmpty()));
        Button back = button("enrol-back", Text.of("enrol.back"), Feather.ARROW_LEFT, model::back, Styles.FLAT);
        return List.of(
                label(Text.of("enrol.pin.title"), Styles.TITLE_2),
                paragraph(Text.of("enrol.pin.text"), Styles.TEXT_MUTED),
                EnrolView.group("enrol.pin", first),
                EnrolView.group("enrol.pin.repeat", second),
                Controls.column(
                        "rules",
                        rule("rule-length", Text.of("enrol.rule.length", EnrolViewModel.SHORTEST_PIN), longEnough),
                        rule("rule-same", Text.of("enrol.rule.same"), same)),
                EnrolView.group("enrol.deviceName", name),
                message,
                Controls.row("sheet-buttons", back, Controls.filler(), go));
    }

    void clear() {
        first.clear();
        second.clear();
    }

    private void submit() {
        model.enrol(first.take(), second.take());
    }

    private static Label rule(String id, String text, BooleanBinding kept) {
        var icon = new FontIcon(Feather.CIRCLE);
        icon.iconCodeProperty()
                .bind(Bindings.when(kept).then(Feather.CHECK_CIRCLE).otherwise(Feather.CIRCLE));
        Label rule = label(text, "rule");
        rule.setId(id);
        rule.setGraphic(icon);
        rule.accessibleTextProperty()
                .bind(Bindings.when(kept)
                        .then(Text.of("enrol.rule.kept", text))
                        .otherwise(Text.of("enrol.rule.open", text)));
        return rule;
    }
}
