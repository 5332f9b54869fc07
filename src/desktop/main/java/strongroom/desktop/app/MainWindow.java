package strongroom.desktop.app;

import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.clipboard.CopiedText;
import strongroom.desktop.drop.DropTarget;
import strongroom.desktop.drop.WaitingFilesViewModel;
import strongroom.desktop.enrol.EnrolView;
import strongroom.desktop.library.LibraryView;
import strongroom.desktop.picker.PathPicker;
import strongroom.desktop.text.Text;
import strongroom.desktop.unlock.UnlockView;
import strongroom.desktop.widget.Brand;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.Screen;
import strongroom.desktop.wiped.WipedView;

/// The one window. It shows the screen of the model's page; at a change the nodes of the screen before are dropped,
/// not hidden. While covered, an opaque pane lies over all and the nodes below are not drawn.
public final class MainWindow {
    /// How large it comes up, in pixels.
    public static final double WIDTH = 1240;

    /// See {@link #WIDTH}.
    public static final double HEIGHT = 780;

    private static final double LEAST_WIDTH = 960;
    private static final double LEAST_HEIGHT = 600;

    private final Stage stage;
    private final AppViewModel model;
    private final Theme theme;
    private final PathPicker picker;
    private final CopiedText copied;
    private final StackPane place = new StackPane();
    private final Label coverText = Controls.label(Text.of("cover"), "cover-text");
    private final VBox cover;
    private final ChangeListener<Page> onPage = (_, _, now) -> show(now);
    private final ChangeListener<Boolean> onCovered = (_, _, now) -> cover(now);
    private @Nullable Screen screen;

    public MainWindow(Stage stage, AppViewModel model, Theme theme, PathPicker picker, CopiedText copied) {
        this.stage = stage;
        this.model = model;
        this.theme = theme;
        this.picker = picker;
        this.copied = copied;
        this.cover = cover(coverText, model.waiting());
    }

    /// Shows the window.
    public void open() {
        loadFonts();
        place.setId("screen");
        var root = new StackPane(place, cover);
        root.setId("window");
        var scene = new Scene(root, WIDTH, HEIGHT);
        theme.style(scene);
        new HeldEnter().tame(scene);
        model.pageProperty().addListener(onPage);
        model.coveredProperty().addListener(onCovered);
        show(model.pageProperty().get());
        stage.setTitle(Text.of("app.name"));
        stage.getIcons().setAll(Brand.icons());
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setScene(scene);
        stage.show();
    }

    /// Drops every node.
    public void close() {
        model.pageProperty().removeListener(onPage);
        model.coveredProperty().removeListener(onCovered);
        drop();
    }

    private void show(Page page) {
        drop();
        Screen next =
                switch (page) {
                    case Page.Starting _, Page.Leaving _ -> null;
                    case Page.Enrol(var enrol) -> new EnrolView(enrol, picker);
                    case Page.Locked(var unlock) -> new UnlockView(unlock, model.waiting());
                    case Page.Open(var library) -> new LibraryView(library, theme.button(), picker, copied);
                    case Page.Wiped(var wiped) -> new WipedView(wiped);
                };
        coverText.setText(Text.of(page instanceof Page.Leaving ? "cover.leaving" : "cover"));
        screen = next;
        if (next != null) {
            place.getChildren().setAll(next.node());
            next.attach();
        }
        cover(model.coveredProperty().get());
    }

    private void drop() {
        if (screen != null) {
            closeOtherWindows();
            screen.detach();
            screen = null;
        }
        place.getChildren().clear();
    }

    private void cover(boolean covered) {
        if (covered) {
            closeOtherWindows();
        }
        cover.setVisible(covered);
        place.setVisible(!covered);
    }

    /// Dialogs and popups may show names too; they have no say in a lock.
    private void closeOtherWindows() {
        List.copyOf(Window.getWindows()).stream()
                .filter(window -> window != stage)
                .forEach(Window::hide);
    }

    private static VBox cover(Label text, WaitingFilesViewModel waiting) {
        VBox cover = Controls.column(
                "cover",
                Brand.mark(72),
                text,
                Controls.live("cover-waiting", waiting.sentenceProperty(), "cover-text"));
        // Whoever drags from another program is in that program, so this is what they drop on.
        new DropTarget(cover, () -> true, waiting::add).accept();
        cover.setId("cover");
        cover.setVisible(false);
        return cover;
    }

    static void loadFonts() {
        Brand.fonts().forEach(path -> Font.loadFont(String.valueOf(MainWindow.class.getResource(path)), 14));
    }
}
