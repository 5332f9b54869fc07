package strongroom.desktop.widget;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import strongroom.desktop.text.Text;

/// A new PIN: twice, with the rules in sight. On the thread of the window.
public final class NewPin {
    private final PinField first;
    private final PinField second;
    private final BooleanBinding longEnough;
    private final BooleanBinding same;
    private final List<Node> nodes;

    /// @param id of the first field; the second one's ends with `-repeat` @param shortest fewest characters
    public NewPin(String id, int shortest) {
        first = new PinField(id, Text.of("pin.new"));
        second = new PinField(id + "-repeat", Text.of("pin.new.repeat"));
        longEnough = first.lengthProperty().greaterThanOrEqualTo(shortest);
        same = Bindings.createBooleanBinding(
                () -> first.lengthProperty().get() > 0 && first.sameAs(second),
                first.lengthProperty(),
                second.lengthProperty());
        first.setOnEnter(second::requestFocus);
        nodes = List.of(
                Controls.labelled(Text.of("pin.new"), first),
                Controls.labelled(Text.of("pin.new.repeat"), second),
                Controls.column(
                        "rules",
                        rule("rule-length", Text.of("pin.rule.length", shortest), longEnough),
                        rule("rule-same", Text.of("pin.rule.same"), same)));
    }

    /// Its fields and rules, one below the other.
    public List<Node> nodes() {
        return nodes;
    }

    /// Whether both rules are kept.
    public BooleanBinding kept() {
        return longEnough.and(same);
    }

    /// What Enter does in the second field.
    public void setOnEnter(Runnable action) {
        second.setOnEnter(action);
    }

    /// Gives the first field the focus.
    public void requestFocus() {
        first.requestFocus();
    }

    /// Hands out what was typed first. @return zeroed by the caller
    public char[] take() {
        return first.take();
    }

    /// Hands out what was typed again. @return zeroed by the caller
    public char[] takeRepeated() {
        return second.take();
    }

    /// Forgets what was typed.
    public void clear() {
        first.clear();
        second.clear();
    }

    private static Label rule(String id, String text, BooleanBinding kept) {
        var icon = new FontIcon(Feather.CIRCLE);
        icon.iconCodeProperty()
                .bind(Bindings.when(kept).then(Feather.CHECK_CIRCLE).otherwise(Feather.CIRCLE));
        Label rule = Controls.label(text, "rule");
        rule.setId(id);
        rule.setGraphic(icon);
        rule.accessibleTextProperty()
                .bind(Bindings.when(kept)
                        .then(Text.of("pin.rule.kept", text))
                        .otherwise(Text.of("pin.rule.open", text)));
        return rule;
    }
}
