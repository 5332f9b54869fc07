package strongroom.desktop.document;

import static strongroom.desktop.widget.Controls.iconButton;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.ImageView;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// A picture, fitted to the window and magnified from there.
final class PicturePane implements DocumentView.Pane {
    private static final double MARGIN = 48;

    private final DocumentViewModel model;
    private final ImageView view = new ImageView();
    private final ScrollPane scroll = new ScrollPane();
    private final DoubleBinding scale;

    PicturePane(DocumentViewModel model, Pixels pixels) {
        this.model = model;
        view.setId("image-view");
        view.setAccessibleText(Text.of("viewer.picture"));
        view.setImage(Pictures.image(pixels));
        view.setPreserveRatio(true);
        view.setSmooth(true);
        var holder = new StackPane(view);
        holder.getStyleClass().add("picture-holder");
        holder.minWidthProperty().bind(Bindings.selectDouble(scroll.viewportBoundsProperty(), "width"));
        holder.minHeightProperty().bind(Bindings.selectDouble(scroll.viewportBoundsProperty(), "height"));
        scroll.setId("image-scroll");
        scroll.setAccessibleText(Text.of("viewer.picture"));
        scroll.getStyleClass().add("picture-scroll");
        scroll.setContent(holder);
        scroll.setPannable(true);
        scale = Bindings.createDoubleBinding(
                () -> fit(pixels) * model.zoomProperty().get(),
                scroll.widthProperty(),
                scroll.heightProperty(),
                model.zoomProperty());
        view.fitWidthProperty().bind(scale.multiply(pixels.width()));
        view.fitHeightProperty().bind(scale.multiply(pixels.height()));
        scroll.addEventFilter(ScrollEvent.SCROLL, this::wheel);
    }

    @Override
    public Node node() {
        return scroll;
    }

    @Override
    public Node[] tools() {
        Label percent = Controls.live(
                "zoom-percent",
                Bindings.createStringBinding(() -> Text.of("viewer.percent", Math.round(scale.get() * 100)), scale));
        percent.setMinWidth(Label.USE_PREF_SIZE);
        return new Node[] {
            iconButton("zoom-out", Text.of("viewer.zoomOut"), Feather.ZOOM_OUT, model::zoomOut),
            percent,
            iconButton("zoom-in", Text.of("viewer.zoomIn"), Feather.ZOOM_IN, model::zoomIn),
            iconButton("zoom-fit", Text.of("viewer.zoomFit"), Feather.MAXIMIZE, () -> model.zoomProperty()
                    .set(1))
        };
    }

    @Override
    public void attach() {
        scroll.requestFocus();
    }

    @Override
    public void detach() {
        view.fitWidthProperty().unbind();
        view.fitHeightProperty().unbind();
        scale.dispose();
        view.setImage(null);
    }

    /// As large as there is room, and no larger than the picture itself.
    private double fit(Pixels pixels) {
        double wide = Math.max(1, scroll.getWidth() - MARGIN) / pixels.width();
        double high = Math.max(1, scroll.getHeight() - MARGIN) / pixels.height();
        return Math.min(1, Math.min(wide, high));
    }

    private void wheel(ScrollEvent event) {
        if (event.isShortcutDown()) {
            if (event.getDeltaY() > 0) {
                model.zoomIn();
            } else {
                model.zoomOut();
            }
            event.consume();
        }
    }
}
