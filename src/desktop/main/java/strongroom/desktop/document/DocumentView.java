package strongroom.desktop.document;

import static strongroom.desktop.widget.Controls.iconButton;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.Screen;

/// An open document: a bar with its name and what can be done, and the content. At the lock all of it is dropped.
public final class DocumentView implements Screen {
    private final DocumentViewModel model;
    private final Actions actions;
    private final StackPane body = new StackPane();
    private final HBox tools = Controls.row("viewer-tools");
    private final VBox root;
    private final ChangeListener<Content> onContent = (_, _, now) -> show(now);
    private @Nullable Pane pane;

    public DocumentView(DocumentViewModel model, Actions actions) {
        this.model = model;
        this.actions = actions;
        body.getStyleClass().add("viewer-body");
        body.setId("viewer-body");
        body.setAccessibleText(Text.of("viewer.body", model.title()));
        VBox.setVgrow(body, Priority.ALWAYS);
        Label note = Controls.live("viewer-note", model.noteProperty(), "viewer-note");
        note.setGraphic(Controls.icon(Feather.INFO));
        note.setMaxWidth(Double.MAX_VALUE);
        root = Controls.column("viewer", bar(), note, body);
        if (model.version() != null) {
            Label earlier = Controls.paragraph(Text.of("viewer.version.note"), "viewer-version");
            earlier.setId("viewer-version");
            earlier.setGraphic(Controls.icon(Feather.CLOCK));
            earlier.setMaxWidth(Double.MAX_VALUE);
            root.getChildren().add(1, earlier);
        }
        root.setId("document-screen");
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void attach() {
        model.contentProperty().addListener(onContent);
        // Until there is content the focus stays here: left alone it falls on the first button of the window, and
        // the Enter that opened the document, held a little long, presses that.
        body.requestFocus();
        show(model.contentProperty().get());
    }

    /// Takes the focus back.
    public void focus() {
        if (pane == null) {
            body.requestFocus();
        } else {
            pane.node().requestFocus();
        }
    }

    @Override
    public void detach() {
        model.contentProperty().removeListener(onContent);
        drop();
    }

    private HBox bar() {
        Button toList = Controls.button(
                "document-back", Text.of("viewer.back"), Feather.ARROW_LEFT, actions.back(), Styles.FLAT);
        DocumentKind kind = DocumentKind.of(model.entry());
        Label name = Controls.label(model.title(), Styles.TITLE_4);
        name.setId("document-name");
        name.setGraphic(Controls.icon(kind.icon(), kind.style()));
        Label about = Controls.label(
                Text.of("viewer.about", kind.label(), Shown.size(model.entry().size())), Styles.TEXT_MUTED);
        about.setMinWidth(Label.USE_PREF_SIZE);
        HBox bar = Controls.row("viewer-bar", toList, name, about, Controls.filler(), tools);
        if (model.version() == null) {
            bar.getChildren()
                    .addAll(
                            iconButton(
                                    "document-versions", Text.of("action.versions"), Feather.CLOCK, actions.versions()),
                            iconButton("document-export", Text.of("action.export"), Feather.SHARE, actions.export()));
        } else {
            bar.getChildren().add(restore("document-restore"));
        }
        return bar;
    }

    private Button restore(String id) {
        return Controls.button(id, Text.of("versions.restore"), Feather.ROTATE_CCW, actions.restore());
    }

    private void show(Content content) {
        drop();
        switch (content) {
            case Content.Nothing _ -> {}
            case Content.Loading _ -> body.getChildren().setAll(waiting());
            case Content.Lines text -> use(new TextPane(model, text.lines(), actions.copy()));
            case Content.Picture shown -> use(new PicturePane(model, shown.pixels()));
            case Content.Pages(PdfPages pages) -> use(new PdfPane(model, pages.count()));
            case Content.NoPreview(String sentence) -> card("viewer-none", Feather.EYE_OFF, sentence);
            case Content.Broken(String sentence) -> card("viewer-broken", Feather.ALERT_TRIANGLE, sentence);
        }
    }

    private void use(Pane shown) {
        pane = shown;
        body.getChildren().setAll(shown.node());
        tools.getChildren().setAll(shown.tools());
        shown.attach();
    }

    private void drop() {
        if (pane != null) {
            pane.detach();
            pane = null;
        }
        body.getChildren().clear();
        tools.getChildren().clear();
    }

    private void card(String id, Feather icon, String sentence) {
        Label text = Controls.paragraph(sentence, Styles.TEXT_MUTED);
        text.setId("viewer-sentence");
        VBox card = Controls.column(
                "viewer-card",
                Controls.icon(icon, "preview-mark"),
                text,
                model.version() == null
                        ? Controls.button("viewer-export", Text.of("action.export"), Feather.SHARE, actions.export())
                        : restore("viewer-restore"));
        card.setId(id);
        body.getChildren().setAll(card);
    }

    private Node waiting() {
        var waiting = new ProgressIndicator();
        waiting.setId("viewer-progress");
        waiting.setAccessibleText(Text.of("viewer.loading"));
        waiting.getStyleClass().add("viewer-progress");
        Button cancel = Controls.button("viewer-cancel", Text.of("sheet.cancel"), Feather.X, actions.back());
        String what = Text.of(model.entry().local() ? "viewer.loading" : "viewer.fetching");
        return Controls.column("viewer-card", waiting, Controls.paragraph(what, Styles.TEXT_MUTED), cancel);
    }

    /// What can be done with an open document.
    ///
    /// @param back closes it @param export asks where to export it to @param versions shows its earlier versions
    /// @param restore makes the version that is open the present one
    /// @param copy takes lines of text to the clipboard
    public record Actions(
            Runnable back, Runnable export, Runnable versions, Runnable restore, Consumer<List<String>> copy) {}

    /// One way of showing content.
    interface Pane {
        /// Its node.
        Node node();

        /// Its buttons for the bar.
        Node[] tools();

        /// Begins to follow, and takes the focus.
        void attach();

        /// Ends following, and forgets the content.
        void detach();
    }
}
