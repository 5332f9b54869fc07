package strongroom.desktop.wiped;

import static strongroom.desktop.widget.Controls.column;
import static strongroom.desktop.widget.Controls.label;
import static strongroom.desktop.widget.Controls.live;

import atlantafx.base.theme.Styles;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.Screen;

/// The screen after a wipe: by whom, why, when, and whether the receipt reached the server.
public final class WipedView implements Screen {
    private final StackPane root = new StackPane();

    public WipedView(WipedViewModel model) {
        root.setId("wiped-screen");
        root.getStyleClass().add("front-screen");
        var facts = new GridPane();
        facts.getStyleClass().add("facts");
        fact(facts, 0, "wiped.by", "wiped-by", model.orderedByProperty());
        fact(facts, 1, "wiped.why", "wiped-reason", model.reasonProperty());
        fact(facts, 2, "wiped.when", "wiped-when", model.finishedProperty());
        Label receipt = fact(facts, 3, "wiped.receipt", "wiped-receipt", model.receiptProperty());
        FontIcon sign = Controls.icon(Feather.CLOCK);
        sign.iconCodeProperty()
                .bind(model.deliveredProperty().map(done -> done ? Feather.CHECK_CIRCLE : Feather.CLOCK));
        receipt.setGraphic(sign);
        receipt.getStyleClass().add("receipt");
        fact(facts, 4, "wiped.order", "wiped-order", model.orderProperty());
        VBox card = column(
                "card",
                Controls.icon(Feather.SHIELD_OFF, "wiped-mark"),
                label(Text.of("wiped.title"), Styles.TITLE_2),
                live("wiped-explanation", model.explanationProperty(), Styles.TEXT_MUTED),
                facts,
                Controls.paragraph(Text.of("wiped.next"), Styles.TEXT_MUTED, Styles.TEXT_SMALL));
        card.getStyleClass().add("wide");
        card.setMaxSize(VBox.USE_PREF_SIZE, VBox.USE_PREF_SIZE);
        root.getChildren().add(card);
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void attach() {
        root.requestFocus();
    }

    @Override
    public void detach() {}

    private static Label fact(GridPane facts, int row, String name, String id, ObservableValue<String> value) {
        Label shown = live(id, value);
        Label term = label(Text.of(name), Styles.TEXT_MUTED);
        term.setMinWidth(Region.USE_PREF_SIZE);
        facts.addRow(row, term, shown);
        return shown;
    }
}
