package strongroom.desktop.app;

import atlantafx.base.theme.Styles;
import javafx.application.ColorScheme;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Brand;
import strongroom.desktop.widget.Controls;

/// The window when the client could not be opened: one sentence that says why and what to do.
public final class FaultWindow {
    private final Stage stage;
    private final Theme theme;

    /// @param desktop whether the desktop prefers light or dark
    public FaultWindow(Stage stage, ObservableValue<ColorScheme> desktop) {
        this.stage = stage;
        this.theme = new Theme(desktop);
    }

    /// Shows it. @param sentence for the user
    public void open(String sentence) {
        MainWindow.loadFonts();
        Label text = Controls.paragraph(sentence);
        text.setId("fault-message");
        Button close = Controls.button("fault-close", Text.of("fault.close"), Feather.X, stage::close, Styles.ACCENT);
        close.setDefaultButton(true);
        VBox card = Controls.column(
                "card",
                Brand.mark(72),
                Controls.label(Text.of("fault.title"), Styles.TITLE_2),
                text,
                Controls.row("sheet-buttons", Controls.filler(), close));
        card.getStyleClass().add("wide");
        card.setMaxSize(VBox.USE_PREF_SIZE, VBox.USE_PREF_SIZE);
        var root = new StackPane(card);
        root.setId("fault-screen");
        root.getStyleClass().add("front-screen");
        var scene = new Scene(root, 900, 560);
        theme.style(scene);
        stage.setTitle(Text.of("app.name"));
        stage.getIcons().setAll(Brand.icons());
        stage.setScene(scene);
        stage.show();
        close.requestFocus();
    }
}
