package strongroom.desktop.trash;

import static strongroom.desktop.widget.Controls.button;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.Sheets;
import strongroom.vault.client.TrashedEntry;

/// What is asked before something is destroyed for good.
final class TrashQuestions {
    private final TrashViewModel model;
    private final Sheets sheets;

    TrashQuestions(TrashViewModel model, Sheets sheets) {
        this.model = model;
        this.sheets = sheets;
    }

    void purge(List<TrashedEntry> chosen) {
        if (chosen.isEmpty() || model.busyProperty().get()) {
            return;
        }
        String subject = chosen.size() == 1
                ? Text.of("subject.one", Shown.name(chosen.getFirst().name()))
                : Text.of("subject.many", chosen.size());
        boolean folder = chosen.stream().anyMatch(TrashedEntry::folder);
        String question = folder
                ? Text.of("purge.question.documents", subject, TrashViewModel.documents(chosen))
                : Text.of("purge.question", subject);
        ask("purge-sheet", "purge.title", question, "purge.do", () -> model.purge(chosen));
    }

    void empty() {
        if (!model.entries().isEmpty() && !model.busyProperty().get()) {
            String question = Text.of("emptyTrash.question", model.documents());
            ask("empty-trash-sheet", "emptyTrash.title", question, "emptyTrash.do", model::empty);
        }
    }

    private void ask(String id, String title, String question, String answer, Runnable then) {
        Button go = button(
                "purge-confirm",
                Text.of(answer),
                Feather.X_CIRCLE,
                () -> {
                    sheets.close();
                    then.run();
                },
                Styles.DANGER);
        Label warning = Controls.paragraph(Text.of("purge.meaning"), "warning-text");
        warning.setGraphic(Controls.icon(Feather.ALERT_TRIANGLE));
        HBox buttons = sheets.buttons(go);
        // The safe answer has the focus: Enter pressed twice must not destroy.
        sheets.show(
                id,
                Text.of(title),
                Controls.column("sheet-content", Controls.paragraph(question), warning),
                buttons,
                buttons.lookup("#sheet-cancel"),
                () -> {});
    }
}
