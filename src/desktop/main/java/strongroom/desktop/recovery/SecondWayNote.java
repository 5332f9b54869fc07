package strongroom.desktop.recovery;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.recovery.SecondWayViewModel.Advice;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// A quiet word that there is one way in only, or that nobody has shown for long that there are two, as long as that
/// is so.
public final class SecondWayNote {
    private final VBox node;

    /// @param make opens what makes a recovery code @param prove opens what asks for it
    public SecondWayNote(SecondWayViewModel model, Runnable make, Runnable prove) {
        Label title = Controls.live("second-way-title", model.titleProperty(), "second-way-title");
        title.setGraphic(Controls.icon(Feather.LIFE_BUOY));
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button dismiss = Controls.iconButton(
                "second-way-dismiss", Text.of("secondWay.dismiss"), Feather.X, model::dismiss, Styles.SMALL);
        node = Controls.column(
                "second-way",
                Controls.row("second-way-top", title, dismiss),
                Controls.live("second-way-text", model.textProperty(), Styles.TEXT_SMALL, Styles.TEXT_MUTED),
                button(model, Advice.MAKE, "second-way-make", Text.of("secondWay.make"), make),
                button(model, Advice.PROVE, "second-way-prove", Text.of("secondWay.prove"), prove));
        node.setId("second-way");
        Controls.showWhen(node, model.titleProperty().isNotEmpty());
    }

    private static Button button(SecondWayViewModel model, Advice when, String id, String text, Runnable action) {
        Button button = Controls.button(id, text, Feather.ARROW_RIGHT, action, Styles.FLAT, Styles.SMALL);
        // Whoever comes to it by the keyboard hears why.
        button.accessibleHelpProperty().bind(model.textProperty());
        Controls.showWhen(button, model.adviceProperty().isEqualTo(when));
        return button;
    }

    /// Its nodes.
    public Node node() {
        return node;
    }
}
