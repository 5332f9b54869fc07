package strongroom.desktop.library;

import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.clipboard.CopiedText;
import strongroom.desktop.document.DocumentView;
import strongroom.desktop.document.DocumentViewModel;
import strongroom.desktop.drop.DropTarget;
import strongroom.desktop.picker.PathPicker;
import strongroom.desktop.search.SearchPane;
import strongroom.desktop.setback.SetBackNote;
import strongroom.desktop.text.Text;
import strongroom.desktop.trash.TrashPane;
import strongroom.desktop.widget.Screen;
import strongroom.desktop.widget.Sheets;

/// The main screen. All its nodes are dropped at the lock.
public final class LibraryView implements Screen {
    private final LibraryViewModel model;
    private final StackPane root = new StackPane();
    private final BorderPane page = new BorderPane();
    private final BorderPane work = new BorderPane();
    private final Sheets sheets = new Sheets(page);
    private final Questions questions;
    private final Sidebar sidebar;
    private final TopBar top;
    private final EntryTable table;
    private final DetailsPane details;
    private final JobStrip jobs;
    private final Toasts toasts;
    private final VBox list;
    private final ChangeListener<@Nullable DocumentViewModel> onDocument = (_, _, now) -> show(now);
    private final EventHandler<KeyEvent> onKey;
    private final FolderPane folder;
    private final SearchPane search;
    private final TrashPane trash;
    private final ChangeListener<Section> onSection = (_, _, _) -> showMiddle();
    private final CopiedText copied;
    private Runnable pinAgain = () -> {};
    private @Nullable DocumentView document;

    /// @param theme the button that changes between light and dark, of the window @param picker for files of the disk
    /// @param copied where copied text goes
    public LibraryView(LibraryViewModel model, Button theme, PathPicker picker, CopiedText copied) {
        this.model = model;
        this.copied = copied;
        questions = new Questions(model, sheets, picker);
        sidebar = new Sidebar(
                model, questions::devices, questions::changePin, questions::recoveryCode, questions::proveCode, theme);
        top = new TopBar(model, this::focusMiddle, questions::importFiles, questions::importFolder);
        table = new EntryTable(model.listing(), model.clock(), model::open);
        folder = new FolderPane(model, table, questions);
        search = new SearchPane(model.search(), model::showInFolder);
        trash = new TrashPane(model.trash(), sheets);
        details = new DetailsPane(model, questions::export);
        jobs = new JobStrip(model.commands().jobs());
        toasts = new Toasts(model.commands(), questions::details);
        onKey = new Shortcuts(
                model,
                questions,
                top::focusSearch,
                this::focusMiddle,
                this::onRows,
                () -> document != null,
                sheets::isUp)::handle;
        list = folder.node();
        VBox.setVgrow(list, Priority.ALWAYS);
        build();
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void attach() {
        table.attach();
        sidebar.attach();
        top.attach();
        details.attach();
        search.attach();
        folder.attach();
        jobs.attach();
        toasts.attach();
        model.sectionProperty().addListener(onSection);
        model.documentProperty().addListener(onDocument);
        root.addEventFilter(KeyEvent.KEY_PRESSED, onKey);
        pinAgain = questions.followPinAgain();
        show(model.documentProperty().get());
    }

    @Override
    public void detach() {
        model.documentProperty().removeListener(onDocument);
        model.sectionProperty().removeListener(onSection);
        root.removeEventFilter(KeyEvent.KEY_PRESSED, onKey);
        pinAgain.run();
        sheets.close();
        show(null);
        table.detach();
        search.detach();
        trash.detach();
        top.detach();
        details.detach();
        folder.detach();
        jobs.detach();
        toasts.detach();
        sidebar.detach();
        page.getChildren().clear();
        root.getChildren().clear();
    }

    private void build() {
        root.setId("library-screen");
        page.getStyleClass().add("library");
        page.setLeft(sidebar.node());
        work.setTop(new VBox(new SetBackNote(model.setBack()).node(), top.node()));
        work.setBottom(jobs.node());
        page.setCenter(work);
        root.getChildren().addAll(page, toasts.node(), sheets.layer());
        new DropTarget(root, () -> model.listing().readyProperty().get(), files -> model.commands()
                        .importFrom(files, model.listing().folder()))
                .accept();
    }

    private void show(@Nullable DocumentViewModel open) {
        if (document != null) {
            document.detach();
            document = null;
        }
        if (open == null) {
            showMiddle();
            // Whoever types goes on typing.
            if (!top.isSearching()) {
                focusMiddle();
            }
        } else {
            table.rememberScroll();
            document = new DocumentView(open, actions(open));
            work.setRight(null);
            work.setCenter(document.node());
            document.attach();
        }
    }

    private DocumentView.Actions actions(DocumentViewModel open) {
        return new DocumentView.Actions(
                model::closeDocument,
                () -> questions.export(List.of(open.entry())),
                () -> questions.versions(open.entry()),
                () -> model.restoreVersion(open),
                this::copy);
    }

    /// Whoever was in what goes away is in what comes; whoever was elsewhere stays there.
    private void showMiddle() {
        if (document != null) {
            return;
        }
        boolean folders = model.sectionProperty().get() == Section.FOLDER;
        Node next =
                switch (model.sectionProperty().get()) {
                    case FOLDER -> list;
                    case SEARCH -> search.node();
                    case TRASH -> trash.node();
                };
        boolean within = isWithin(work.getCenter()) || isWithin(work.getRight());
        work.setCenter(next);
        work.setRight(folders ? details.node() : null);
        if (within) {
            focusMiddle();
        }
    }

    private void focusMiddle() {
        if (document != null) {
            document.focus();
            return;
        }
        switch (model.sectionProperty().get()) {
            case FOLDER -> table.node().requestFocus();
            case SEARCH -> search.focus();
            case TRASH -> trash.focus();
        }
    }

    private boolean isWithin(@Nullable Node pane) {
        Node focused = root.getScene() == null ? null : root.getScene().getFocusOwner();
        for (Node at = focused; at != null; at = at.getParent()) {
            if (at == pane) {
                return true;
            }
        }
        return false;
    }

    private void copy(List<String> lines) {
        copied.put(String.join("\n", lines));
        model.commands().say(Notice.done(Text.of("copy.done", lines.size(), CopiedText.STAYS.toSeconds())));
    }

    /// Where F2 and Delete mean the selected rows, and not the text or the tree the user is in.
    private boolean onRows() {
        Node focused = root.getScene() == null ? null : root.getScene().getFocusOwner();
        return !(focused instanceof TextInputControl) && !(focused instanceof TreeView);
    }
}
