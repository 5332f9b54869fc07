package strongroom.desktop.widget;

import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import org.jspecify.annotations.Nullable;

/// A line of a list that wraps instead of making the list scroll sideways.
public final class LineCell extends ListCell<String> {
    private static final double SCROLL_BAR_AND_PADDING = 40;

    public LineCell(ListView<String> list) {
        setWrapText(true);
        prefWidthProperty().bind(list.widthProperty().subtract(SCROLL_BAR_AND_PADDING));
        setMaxWidth(USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(@Nullable String line, boolean empty) {
        super.updateItem(line, empty);
        setText(empty || line == null ? null : line);
    }
}
