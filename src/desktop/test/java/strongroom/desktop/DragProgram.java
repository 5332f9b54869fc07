package strongroom.desktop;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.stage.Popup;
import javafx.stage.Stage;

/// Another program, such as a file manager: a window from which files can be dragged. Says on its output what happens.
final class DragProgram {
    static final String TITLE = "somebody-drags";
    static final double X = 1300;
    static final double Y = 80;
    static final double SIZE = 200;

    private DragProgram() {}

    /// @param arguments `window`, or `popup` for one that leaves the focus where it is; then the files
    public static void main(String[] arguments) {
        List<File> files = Stream.of(arguments).skip(1).map(File::new).toList();
        Platform.startup(() -> show(arguments[0].equals("popup"), files));
    }

    private static void show(boolean asPopup, List<File> files) {
        var pane = new StackPane(new Label("Drag me"));
        pane.setStyle("-fx-background-color: khaki");
        pane.setPrefSize(SIZE, SIZE);
        pane.setOnDragDetected(event -> {
            var content = new ClipboardContent();
            content.putFiles(files);
            pane.startDragAndDrop(TransferMode.COPY_OR_MOVE).setContent(content);
            event.consume();
        });
        pane.setOnDragDone(event -> {
            System.out.println("dropped " + event.getTransferMode());
            event.consume();
        });
        var stage = new Stage();
        stage.setTitle(TITLE);
        stage.setX(X);
        stage.setY(Y);
        stage.setOnShown(_ -> System.out.println("shown"));
        if (asPopup) {
            stage.setY(Y + 2 * SIZE);
            stage.setScene(new Scene(new StackPane(), SIZE, SIZE));
            stage.show();
            var popup = new Popup();
            popup.getContent().add(pane);
            popup.show(stage, X, Y);
        } else {
            stage.setScene(new Scene(pane, SIZE, SIZE));
            stage.show();
        }
    }
}
