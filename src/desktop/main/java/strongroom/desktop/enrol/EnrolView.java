package strongroom.desktop.enrol;

import static strongroom.desktop.widget.Controls.button;
import static strongroom.desktop.widget.Controls.label;
import static strongroom.desktop.widget.Controls.live;
import static strongroom.desktop.widget.Controls.paragraph;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.enrol.EnrolViewModel.Step;
import strongroom.desktop.picker.PathPicker;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Brand;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.PinField;
import strongroom.desktop.widget.Screen;

/// First run: one card, one page of it at a time.
public final class EnrolView implements Screen {
    private static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final EnrolViewModel model;
    private final PathPicker picker;
    private final StackPane root = new StackPane();
    private final VBox page = Controls.column("enrol-page");
    private final List<Label> marks;
    private final PinPage pins;
    private final ChangeListener<Step> onStep = (_, _, now) -> show(now);

    /// @param picker for choosing a code file
    public EnrolView(EnrolViewModel model, PathPicker picker) {
        this.model = model;
        this.picker = picker;
        pins = new PinPage(model);
        marks = Stream.of("enrol.step.code", "enrol.step.confirm", "enrol.step.pin")
                .map(key -> label(Text.of(key), "step-mark"))
                .toList();
        root.setId("enrol-screen");
        root.getStyleClass().add("front-screen");
        var card = Controls.column(
                "card",
                Controls.row("brand", Brand.mark(40), label(Text.of("app.name"), "brand-name")),
                Controls.row("steps", marks.toArray(Node[]::new)),
                page);
        card.getStyleClass().addAll("wide", "left");
        card.setMaxSize(VBox.USE_PREF_SIZE, VBox.USE_PREF_SIZE);
        root.getChildren().add(card);
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void attach() {
        model.stepProperty().addListener(onStep);
        show(model.stepProperty().get());
    }

    @Override
    public void detach() {
        model.stepProperty().removeListener(onStep);
        pins.clear();
        page.getChildren().clear();
    }

    private void show(Step step) {
        int reached =
                switch (step) {
                    case CODE -> 0;
                    case CONFIRM -> 1;
                    case PIN, WORKING, DONE -> 2;
                };
        for (int i = 0; i < marks.size(); i++) {
            marks.get(i).pseudoClassStateChanged(REACHED, i <= reached);
            marks.get(i).pseudoClassStateChanged(CURRENT, i == reached);
        }
        pins.clear();
        page.getChildren()
                .setAll(
                        switch (step) {
                            case CODE -> codePage();
                            case CONFIRM -> confirmPage();
                            case PIN -> pins.nodes(message());
                            case WORKING -> workingPage();
                            case DONE -> donePage();
                        });
        focusFirst();
    }

    private List<Node> codePage() {
        TextField server = Controls.field("enrol-server", Text.of("enrol.server"), Text.of("enrol.server.prompt"));
        server.textProperty().bindBidirectional(model.serverProperty());
        var code = new TextArea();
        code.setId("enrol-code");
        code.setAccessibleText(Text.of("enrol.code"));
        code.setPromptText(Text.of("enrol.code.prompt"));
        code.setWrapText(true);
        code.setPrefRowCount(3);
        code.getStyleClass().add("code-area");
        // No code has a tab in it; whoever has no mouse must get out of the field again.
        code.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.TAB && !event.isShiftDown()) {
                code.requestFocusTraversal(TraversalDirection.NEXT);
                event.consume();
            }
        });
        code.textProperty().bindBidirectional(model.codeProperty());
        Button paste = button("enrol-paste", Text.of("enrol.paste"), Feather.CLIPBOARD, () -> {
            String text = Clipboard.getSystemClipboard().getString();
            code.setText(text == null ? "" : text);
        });
        Button file = button(
                "enrol-file",
                Text.of("enrol.file"),
                Feather.FILE,
                () -> picker.files(
                        root.getScene().getWindow(),
                        Text.of("enrol.file"),
                        Text.of("enrol.file.do"),
                        paths -> model.readCode(paths.getFirst())));
        Button next =
                button("enrol-inspect", Text.of("enrol.next"), Feather.ARROW_RIGHT, model::inspect, Styles.ACCENT);
        next.setDefaultButton(true);
        next.disableProperty().bind(model.busyProperty());
        return List.of(
                label(Text.of("enrol.title"), Styles.TITLE_2),
                paragraph(Text.of("enrol.intro"), Styles.TEXT_MUTED),
                Controls.labelled(Text.of("enrol.server"), server),
                Controls.labelled(Text.of("enrol.code"), code),
                Controls.row("button-row", paste, file),
                message(),
                Controls.row("sheet-buttons", busy(), Controls.filler(), next));
    }

    private List<Node> confirmPage() {
        var facts = new GridPane();
        facts.getStyleClass().add("facts");
        facts.addRow(
                0,
                label(Text.of("enrol.organisation"), Styles.TEXT_MUTED),
                strong("enrol-organisation", model.organisationProperty()));
        facts.addRow(
                1, label(Text.of("enrol.person"), Styles.TEXT_MUTED), strong("enrol-person", model.personProperty()));
        facts.addRow(
                2, label(Text.of("enrol.expires"), Styles.TEXT_MUTED), live("enrol-expires", model.expiresProperty()));
        Button next = button("enrol-confirm", Text.of("enrol.thatIsMe"), Feather.CHECK, model::confirm, Styles.ACCENT);
        next.setDefaultButton(true);
        return List.of(
                label(Text.of("enrol.confirm.title"), Styles.TITLE_2),
                paragraph(Text.of("enrol.confirm.text"), Styles.TEXT_MUTED),
                facts,
                live("enrol-device-note", model.deviceNoteProperty(), "note"),
                message(),
                Controls.row("sheet-buttons", back(), Controls.filler(), next));
    }

    private List<Node> workingPage() {
        var waiting = new ProgressIndicator();
        waiting.setId("enrol-progress");
        waiting.setAccessibleText(Text.of("enrol.working"));
        return List.of(Controls.column(
                "working",
                waiting,
                label(Text.of("enrol.working"), Styles.TITLE_3),
                paragraph(Text.of("enrol.working.text"), Styles.TEXT_MUTED)));
    }

    private List<Node> donePage() {
        Button go = button("enrol-finish", Text.of("enrol.finish"), Feather.UNLOCK, model::finish, Styles.ACCENT);
        go.setDefaultButton(true);
        return List.of(
                Controls.icon(Feather.CHECK_CIRCLE, "done-mark"),
                label(Text.of("enrol.done.title"), Styles.TITLE_2),
                paragraph(Text.of("enrol.done.text"), Styles.TEXT_MUTED),
                Controls.row("sheet-buttons", Controls.filler(), go));
    }

    private Button back() {
        return button("enrol-back", Text.of("enrol.back"), Feather.ARROW_LEFT, model::back, Styles.FLAT);
    }

    private Label message() {
        Label message = live("enrol-message", model.messageProperty(), "message", Styles.DANGER);
        message.setGraphic(Controls.icon(Feather.ALERT_CIRCLE));
        return message;
    }

    private Node busy() {
        var busy = new ProgressIndicator();
        busy.setId("enrol-busy");
        busy.setAccessibleText(Text.of("enrol.asking"));
        busy.getStyleClass().add("small-progress");
        HBox box = Controls.row("busy", busy, label(Text.of("enrol.asking"), Styles.TEXT_MUTED));
        Controls.showWhen(box, model.busyProperty());
        return box;
    }

    private static Label strong(String id, ObservableValue<String> text) {
        return live(id, Bindings.createStringBinding(text::getValue, text), Styles.TEXT_BOLD);
    }

    private void focusFirst() {
        page.lookupAll("*").stream()
                .filter(node -> node.isFocusTraversable() && node.isVisible())
                .filter(node -> node instanceof TextField
                        || node instanceof PinField
                        || node instanceof Button one && one.isDefaultButton())
                .findFirst()
                .ifPresent(Node::requestFocus);
    }
}
