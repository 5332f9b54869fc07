package strongroom.desktop.library;

import java.io.File;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;

/// Takes files and folders that are dragged in from the desktop. Always as a copy: a file manager that was told
/// `move` would delete its own.
final class DropTarget {
    private static final PseudoClass OVER = PseudoClass.getPseudoClass("drop-over");

    private final LibraryViewModel model;
    private final Region target;

    DropTarget(LibraryViewModel model, Region target) {
        this.model = model;
        this.target = target;
    }

    void accept() {
        target.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles() && !model.listing().path().isEmpty()) {
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
        boolean taken = files != null && !files.isEmpty();
        if (taken) {
            model.commands()
                    .importFrom(
                            files.stream().map(File::toPath).toList(),
                            model.listing().folder());
        }
        event.setDropCompleted(taken);
        event.consume();
    }
}
