package strongroom.desktop.drop;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;

/// Takes files and folders that are dragged in from other programs. Always as a copy: a file manager that was told
/// `move` would delete its own. On the thread of the window.
public final class DropTarget {
    private static final PseudoClass OVER = PseudoClass.getPseudoClass("drop-over");

    private final Region target;
    private final BooleanSupplier willing;
    private final Consumer<List<Path>> taken;

    /// @param target where to drop @param willing whether files can be taken now @param taken gets their paths
    public DropTarget(Region target, BooleanSupplier willing, Consumer<List<Path>> taken) {
        this.target = target;
        this.willing = willing;
        this.taken = taken;
    }

    /// From now on.
    public void accept() {
        target.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles() && willing.getAsBoolean()) {
                event.acceptTransferModes(TransferMode.COPY);
                target.pseudoClassStateChanged(OVER, true);
            }
            event.consume();
        });
        target.setOnDragExited(_ -> target.pseudoClassStateChanged(OVER, false));
        target.setOnDragDropped(this::dropped);
    }

    private void dropped(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        boolean any = files != null && !files.isEmpty() && willing.getAsBoolean();
        if (any) {
            taken.accept(files.stream().map(File::toPath).toList());
        }
        target.pseudoClassStateChanged(OVER, false);
        event.setDropCompleted(any);
        event.consume();
    }
}
