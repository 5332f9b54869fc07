package strongroom.desktop.pin;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// Asks for the present PIN and a new one on the lock screen, and says why.
public final class RenewPinView {
    private final ChangePinView change;
    private final VBox node;

    /// @param back to the PIN alone
    public RenewPinView(RenewPinViewModel.Asked asked, Runnable back) {
        change = new ChangePinView(asked.change());
        Label reason = Controls.paragraph(asked.why(), "warning-text");
        reason.setId("renew-reason");
        reason.setGraphic(Controls.icon(Feather.ALERT_TRIANGLE));
        Button away = Controls.button("renew-back", Text.of("pin.back"), Feather.ARROW_LEFT, back, Styles.FLAT);
        away.disableProperty().bind(asked.change().busyProperty());
        node = Controls.column(
                "card",
                Controls.label(Text.of("pin.renew.title"), Styles.TITLE_3),
                reason,
                change.node(),
                Controls.row("sheet-buttons", away, Controls.filler(), change.confirm()));
        node.getStyleClass().addAll("left", "recover");
        node.setId("renew-card");
        node.setMaxSize(VBox.USE_PREF_SIZE, VBox.USE_PREF_SIZE);
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// Gives the first field the focus.
    public void requestFocus() {
        change.first().requestFocus();
    }

    /// Forgets what was typed.
    public void clear() {
        change.clear();
    }
}
