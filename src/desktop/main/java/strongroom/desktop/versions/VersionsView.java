package strongroom.desktop.versions;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.EarlierVersion;

/// The earlier versions of a document: which there are, looking at one, and making it the present one again.
public final class VersionsView {
    private final VersionsViewModel model;
    private final TableView<EarlierVersion> table;
    private final Button open;
    private final Button restore;
    private final VBox node;
    private final ListChangeListener<EarlierVersion> onVersions = _ -> selectNewest();

    /// @param open shows a version @param restore makes it the present one
    public VersionsView(VersionsViewModel model, Consumer<EarlierVersion> open, Consumer<EarlierVersion> restore) {
        this.model = model;
        table = VersionsTable.make(model, open);
        var none = table.getSelectionModel().selectedItemProperty().isNull();
        this.open = Controls.button(
                "version-open", Text.of("versions.open"), Feather.EYE, () -> open.accept(selected()), Styles.ACCENT);
        this.open.disableProperty().bind(none);
        this.restore = Controls.button(
                "version-restore", Text.of("versions.restore"), Feather.ROTATE_CCW, () -> restore.accept(selected()));
        this.restore.disableProperty().bind(none);
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && !none.get()) {
                open.accept(selected());
                event.consume();
            }
        });
        Label explanation = Controls.paragraph(Text.of("versions.explanation"), Styles.TEXT_MUTED);
        node = Controls.column(
                "sheet-content",
                explanation,
                busy(),
                Controls.live("versions-message", model.messageProperty(), "message", Styles.DANGER),
                nothing(),
                table);
        for (Node one : List.of(explanation, table, this.open, this.restore)) {
            Controls.showWhen(one, Bindings.isNotEmpty(model.versions()));
        }
        model.versions().addListener(onVersions);
        selectNewest();
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// What can be done with the selected version.
    public Button[] buttons() {
        return new Button[] {restore, open};
    }

    /// Ends following, and forgets what it showed.
    public void detach() {
        model.versions().removeListener(onVersions);
        table.setItems(null);
    }

    private EarlierVersion selected() {
        return table.getSelectionModel().getSelectedItem();
    }

    /// Who was not anywhere else goes on in the list as soon as there is one.
    private void selectNewest() {
        if (!model.versions().isEmpty()) {
            table.getSelectionModel().selectFirst();
            Node focused = table.getScene() == null ? null : table.getScene().getFocusOwner();
            if (focused != null && "sheet-cancel".equals(focused.getId())) {
                table.requestFocus();
            }
        }
    }

    private Node busy() {
        var busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        busy.setId("versions-progress");
        busy.setAccessibleText(Text.of("versions.loading"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        return busy;
    }

    private Node nothing() {
        Label nothing = Controls.paragraph(Text.of("versions.nothing"));
        nothing.setId("versions-nothing");
        BooleanBinding none = Bindings.isEmpty(model.versions())
                .and(model.busyProperty().not())
                .and(model.messageProperty().isEmpty());
        Controls.showWhen(nothing, none);
        return nothing;
    }
}
