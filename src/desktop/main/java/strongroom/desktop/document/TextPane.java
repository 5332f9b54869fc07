package strongroom.desktop.document;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.LineCell;

/// Text as a list of lines: only those in view have nodes, so its length does not matter.
final class TextPane implements DocumentView.Pane {
    private final DocumentViewModel model;
    private final ListView<String> list = new ListView<>();

    TextPane(DocumentViewModel model, List<String> lines) {
        this.model = model;
        list.setId("text-lines");
        list.setAccessibleText(Text.of("viewer.text"));
        list.getStyleClass().add("text-lines");
        list.setItems(FXCollections.observableList(lines));
        list.setCellFactory(_ -> new LineCell(list));
    }

    @Override
    public Node node() {
        return list;
    }

    @Override
    public Node[] tools() {
        return new Node[0];
    }

    @Override
    public void attach() {
        if (model.firstLine() > 0) {
            list.scrollTo(model.firstLine());
        }
        list.requestFocus();
    }

    @Override
    public void detach() {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow && flow.getFirstVisibleCell() != null) {
            model.lineAtTop(flow.getFirstVisibleCell().getIndex());
        }
        list.setItems(FXCollections.emptyObservableList());
    }
}
