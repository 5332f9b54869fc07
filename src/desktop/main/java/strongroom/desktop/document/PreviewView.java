package strongroom.desktop.document;

import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// The frame with the small preview.
public final class PreviewView {
    private static final int LINES = 14;
    private static final double WIDTH = 250;
    private static final double HEIGHT = 210;

    private final PreviewViewModel model;
    private final StackPane frame = new StackPane();
    private final ChangeListener<Content> onContent = (_, _, now) -> show(now);

    public PreviewView(PreviewViewModel model) {
        this.model = model;
        frame.setId("preview");
        frame.setAccessibleText(Text.of("preview"));
        frame.getStyleClass().add("preview-frame");
    }

    /// Its node.
    public Node node() {
        return frame;
    }

    /// Begins to follow.
    public void attach() {
        model.contentProperty().addListener(onContent);
        show(model.contentProperty().get());
    }

    /// Ends following, and forgets what it showed.
    public void detach() {
        model.contentProperty().removeListener(onContent);
        frame.getChildren().clear();
    }

    private void show(Content content) {
        frame.getChildren()
                .setAll(
                        switch (content) {
                            case Content.Nothing _ -> mark(Feather.FILE, "");
                            case Content.Loading _ -> waiting();
                            case Content.Lines lines -> text(lines);
                            case Content.Picture shown -> picture(shown.pixels());
                            case Content.Pages _ -> mark(Feather.FILE_TEXT, "");
                            case Content.NoPreview(String sentence) -> mark(Feather.FILE, sentence);
                            case Content.Broken(String sentence) -> mark(Feather.ALERT_TRIANGLE, sentence);
                        });
    }

    private static Node waiting() {
        var waiting = new ProgressIndicator();
        waiting.setId("preview-progress");
        waiting.setAccessibleText(Text.of("viewer.loading"));
        waiting.getStyleClass().add("small-progress");
        return waiting;
    }

    private static Node mark(Feather icon, String sentence) {
        return Controls.column(
                "preview-hint", Controls.icon(icon, "preview-mark"), Controls.paragraph(sentence, "preview-sentence"));
    }

    private static Node text(Content.Lines lines) {
        Label label =
                new Label(String.join("\n", lines.lines().stream().limit(LINES).toList()));
        label.getStyleClass().add("preview-text");
        label.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        return label;
    }

    private static Node picture(Pixels pixels) {
        var view = new ImageView(Pictures.image(pixels));
        view.setPreserveRatio(true);
        view.setSmooth(true);
        if (pixels.width() > WIDTH || pixels.height() > HEIGHT) {
            view.setFitWidth(WIDTH);
            view.setFitHeight(HEIGHT);
        }
        view.getStyleClass().add("preview-picture");
        return view;
    }
}
