package strongroom.desktop.document;

import static strongroom.desktop.widget.Controls.iconButton;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// The pages of a PDF, one at a time.
final class PdfPane implements DocumentView.Pane {
    private final DocumentViewModel model;
    private final int count;
    private final ImageView view = new ImageView();
    private final ScrollPane scroll = new ScrollPane();
    private final StackPane root;
    private final ChangeListener<@Nullable Pixels> onDrawn = (_, _, now) -> show(now);
    private final ChangeListener<Number> onPage = (_, _, _) -> scroll.setVvalue(0);

    PdfPane(DocumentViewModel model, int count) {
        this.model = model;
        this.count = count;
        view.setId("pdf-page");
        view.setAccessibleText(Text.of("viewer.pdf.name"));
        view.getStyleClass().add("pdf-page");
        view.setPreserveRatio(true);
        var holder = new StackPane(view);
        holder.getStyleClass().add("picture-holder");
        holder.minWidthProperty().bind(Bindings.selectDouble(scroll.viewportBoundsProperty(), "width"));
        holder.minHeightProperty().bind(Bindings.selectDouble(scroll.viewportBoundsProperty(), "height"));
        scroll.setId("pdf-scroll");
        scroll.setAccessibleText(Text.of("viewer.pdf.name"));
        scroll.getStyleClass().add("picture-scroll");
        scroll.setContent(holder);
        scroll.setPannable(true);
        scroll.addEventFilter(ScrollEvent.SCROLL, this::wheel);
        scroll.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        var busy = new ProgressIndicator();
        busy.setId("pdf-progress");
        busy.setAccessibleText(Text.of("viewer.loading"));
        busy.getStyleClass().add("viewer-progress");
        busy.setMouseTransparent(true);
        Controls.showWhen(busy, model.drawingProperty());
        root = new StackPane(scroll, busy);
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Node[] tools() {
        Button previous =
                iconButton("page-previous", Text.of("viewer.page.previous"), Feather.CHEVRON_UP, () -> turn(-1));
        previous.disableProperty().bind(model.pageProperty().lessThanOrEqualTo(0));
        Button next = iconButton("page-next", Text.of("viewer.page.next"), Feather.CHEVRON_DOWN, () -> turn(1));
        next.disableProperty().bind(model.pageProperty().greaterThanOrEqualTo(count - 1));
        Label number = Controls.live(
                "page-number",
                Bindings.createStringBinding(
                        () -> Text.of("viewer.page", model.pageProperty().get() + 1, count), model.pageProperty()));
        number.setMinWidth(Label.USE_PREF_SIZE);
        return new Node[] {
            previous,
            number,
            next,
            iconButton("zoom-out", Text.of("viewer.zoomOut"), Feather.ZOOM_OUT, model::zoomOut),
            iconButton("zoom-in", Text.of("viewer.zoomIn"), Feather.ZOOM_IN, model::zoomIn),
            iconButton("zoom-fit", Text.of("viewer.zoomFit"), Feather.MAXIMIZE, () -> model.zoomProperty()
                    .set(1))
        };
    }

    @Override
    public void attach() {
        model.drawnProperty().addListener(onDrawn);
        model.pageProperty().addListener(onPage);
        show(model.drawnProperty().get());
        scroll.requestFocus();
    }

    @Override
    public void detach() {
        model.drawnProperty().removeListener(onDrawn);
        model.pageProperty().removeListener(onPage);
        view.setImage(null);
    }

    private void show(@Nullable Pixels drawn) {
        view.setImage(drawn == null ? null : Pictures.image(drawn));
    }

    private void turn(int by) {
        model.goTo(model.pageProperty().get() + by);
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case PAGE_DOWN -> turn(1);
            case PAGE_UP -> turn(-1);
            case HOME -> model.goTo(0);
            case END -> model.goTo(count - 1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void wheel(ScrollEvent event) {
        boolean down = event.getDeltaY() < 0;
        if (event.isShortcutDown()) {
            if (down) {
                model.zoomOut();
            } else {
                model.zoomIn();
            }
            event.consume();
        } else if (down && scroll.getVvalue() >= 1 || !down && scroll.getVvalue() <= 0 && event.getDeltaY() > 0) {
            turn(down ? 1 : -1);
            event.consume();
        }
    }
}
