package strongroom.desktop.recovery;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// A quiet word that there is one way in only, as long as that is so.
public final class SecondWayNote {
    private final VBox node;

    /// @param make opens what makes a recovery code
    public SecondWayNote(SecondWayViewModel model, Runnable make) {
        Label title = Controls.label(Text.of("secondWay.title"), "second-way-title");
        title.setGraphic(Controls.icon(Feather.LIFE_BUOY));
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button dismiss = Controls.iconButton(
                "second-way-dismiss", Text.of("secondWay.dismiss"), Feather.X, model::dismiss, Styles.SMALL);
        Button open = Controls.button(
                "second-way-make", Text.of("secondWay.make"), Feather.ARROW_RIGHT, make, Styles.FLAT, Styles.SMALL);
        node = Controls.column(
                "second-way",
                Controls.row("second-way-top", title, dismiss),
                Controls.paragraph(Text.of("secondWay.text"), Styles.TEXT_SMALL, Styles.TEXT_MUTED),
                open);
        node.setId("second-way");
        Controls.showWhen(node, model.missingProperty());
    }

    /// Its nodes.
    public Node node() {
        return node;
    }
}
