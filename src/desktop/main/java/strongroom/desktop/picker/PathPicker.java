package strongroom.desktop.picker;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;

/// Opens the picker over a window. It is a window of this program, so the vault stays open while it has the focus,
/// and it closes when the vault locks. On the thread of the window.
public final class PathPicker {
    private static final double WIDTH = 780;
    private static final double HEIGHT = 560;

    private final Work work;
    private final Clock clock;
    private Path last;

    /// @param work a scope of it is used for each opening @param start where to begin the first time
    public PathPicker(Work work, Clock clock, Path start) {
        this.work = work;
        this.clock = clock;
        this.last = start;
    }

    /// Lets the user choose files and folders.
    public void files(Window owner, String title, String action, Consumer<List<Path>> chosen) {
        open(owner, title, action, false, chosen);
    }

    /// Lets the user choose one folder.
    public void folder(Window owner, String title, String action, Consumer<Path> chosen) {
        open(owner, title, action, true, paths -> chosen.accept(paths.getFirst()));
    }

    private void open(Window owner, String title, String action, boolean foldersOnly, Consumer<List<Path>> chosen) {
        var stage = new Stage();
        var model = new PathPickerViewModel(work.scope(), last, foldersOnly);
        model.directoryProperty().addListener((_, _, now) -> last = now);
        var view = new PathPickerView(model, clock, action, foldersOnly, stage::close, paths -> {
            stage.close();
            chosen.accept(paths);
        });
        stage.initOwner(owner);
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(Text.of("picker.window", title));
        var scene = new Scene(view.node(), WIDTH, HEIGHT);
        take(scene, owner.getScene());
        stage.setScene(scene);
        stage.setOnHidden(_ -> model.close());
        stage.setX(owner.getX() + Math.max(0, (owner.getWidth() - WIDTH) / 2));
        stage.setY(owner.getY() + Math.max(0, (owner.getHeight() - HEIGHT) / 2));
        stage.show();
        view.attach();
    }

    /// The picker looks as the window does, light or dark.
    private static void take(Scene scene, @Nullable Scene from) {
        if (from != null) {
            scene.getStylesheets().setAll(from.getStylesheets());
        }
    }
}
