package strongroom.desktop.setback;

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

/// Tells above everything else that the folder of the vault was set back, and stays until somebody takes note.
public final class SetBackNote {
    private final HBox node;

    public SetBackNote(SetBackViewModel model) {
        Label text = Controls.live("set-back-text", model.textProperty(), Styles.TEXT_SMALL);
        Label failure = Controls.live("set-back-failure", model.failureProperty(), Styles.TEXT_SMALL, Styles.TEXT_BOLD);
        Label title = Controls.live("set-back-title", model.titleProperty(), Styles.TEXT_BOLD);
        VBox words = Controls.column("banner-text", title, text, failure);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button noted = Controls.button("set-back-noted", Text.of("setBack.noted"), Feather.CHECK, model::takeNote);
        // Whoever comes to it by the keyboard hears what is noted.
        noted.accessibleHelpProperty().bind(model.textProperty());
        HBox banner = Controls.row("banner", Controls.icon(Feather.ALERT_TRIANGLE), words, noted);
        HBox.setHgrow(banner, Priority.ALWAYS);
        node = Controls.row("set-back", banner);
        node.setId("set-back");
        Controls.showWhen(node, model.textProperty().isNotEmpty());
    }

    /// Its nodes.
    public Node node() {
        return node;
    }
}
