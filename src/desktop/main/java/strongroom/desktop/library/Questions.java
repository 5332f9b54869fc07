package strongroom.desktop.library;

import static strongroom.desktop.widget.Controls.button;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.stage.Window;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.devices.DevicesView;
import strongroom.desktop.devices.DevicesViewModel;
import strongroom.desktop.picker.PathPicker;
import strongroom.desktop.pin.ChangePinView;
import strongroom.desktop.pin.ChangePinViewModel;
import strongroom.desktop.pin.PinAgainView;
import strongroom.desktop.recovery.ProveCodeView;
import strongroom.desktop.recovery.ProveCodeViewModel;
import strongroom.desktop.recovery.RecoveryCodeView;
import strongroom.desktop.recovery.RecoveryCodeViewModel;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.versions.VersionsView;
import strongroom.desktop.versions.VersionsViewModel;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.LineCell;
import strongroom.desktop.widget.Sheets;
import strongroom.protocol.Id;
import strongroom.vault.client.Entry;

/// Everything the main screen asks before it does something.
final class Questions {
    private final LibraryViewModel model;
    private final Sheets sheets;
    private final PathPicker picker;

    Questions(LibraryViewModel model, Sheets sheets, PathPicker picker) {
        this.model = model;
        this.sheets = sheets;
        this.picker = picker;
    }

    void importFiles() {
        Id folder = model.listing().folder();
        picker.files(window(), Text.of("picker.importFiles"), Text.of("picker.import"), paths -> model.commands()
                .importFrom(paths, folder));
    }

    void importFolder() {
        Id folder = model.listing().folder();
        picker.folder(window(), Text.of("picker.importFolder"), Text.of("picker.import"), path -> model.commands()
                .importFrom(List.of(path), folder));
    }

    void export() {
        export(selected());
    }

    void export(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Button go = button(
                "export-confirm", Text.of("export.choose"), Feather.SHARE, () -> chooseWhere(entries), Styles.ACCENT);
        Node text = Controls.column(
                "sheet-content",
                warning("export.warning", subject(entries)),
                Controls.paragraph(Text.of("export.meaning"), Styles.TEXT_MUTED));
        sheets.show("export-sheet", Text.of("export.title"), text, sheets.buttons(go), go, () -> {});
    }

    void makeFolder() {
        ask("new-folder-sheet", "newFolder.title", "newFolder.do", "", name -> model.commands()
                .makeFolder(name));
    }

    void rename() {
        List<Entry> entries = selected();
        if (entries.size() == 1) {
            Entry entry = entries.getFirst();
            ask("rename-sheet", "rename.title", "rename.do", entry.name(), name -> model.commands()
                    .rename(entry, name));
        }
    }

    void move() {
        List<Entry> entries = selected();
        if (!entries.isEmpty()) {
            new MoveSheet(model, sheets, entries).show();
        }
    }

    void remove() {
        List<Entry> entries = selected();
        if (entries.isEmpty()) {
            return;
        }
        Button go = button(
                "delete-confirm",
                Text.of("delete.do"),
                Feather.TRASH_2,
                () -> {
                    sheets.close();
                    model.commands().remove(entries);
                },
                Styles.DANGER);
        Node text = Controls.column(
                "sheet-content",
                Controls.paragraph(Text.of("delete.question", subject(entries))),
                Controls.paragraph(
                        Text.of(
                                entries.stream().anyMatch(Entry::isFolder)
                                        ? "delete.meaning.folder"
                                        : "delete.meaning"),
                        Styles.TEXT_MUTED));
        HBox buttons = sheets.buttons(go);
        // The safe answer has the focus: Enter pressed twice must not delete.
        sheets.show("delete-sheet", Text.of("delete.title"), text, buttons, buttons.lookup("#sheet-cancel"), () -> {});
    }

    void versions() {
        List<Entry> entries = selected();
        if (entries.size() == 1 && !entries.getFirst().isFolder()) {
            versions(entries.getFirst());
        }
    }

    void versions(Entry entry) {
        VersionsViewModel versions = model.versions(entry);
        var view = new VersionsView(
                versions,
                version -> {
                    sheets.close();
                    model.openVersion(entry, version);
                },
                version -> {
                    sheets.close();
                    model.commands().restoreVersion(entry, version);
                });
        HBox buttons = sheets.closing(view.buttons());
        sheets.show(
                "versions-sheet",
                Text.of("versions.title", Shown.name(entry.name())),
                view.node(),
                buttons,
                buttons.lookup("#sheet-cancel"),
                () -> {
                    view.detach();
                    versions.close();
                });
    }

    void devices() {
        DevicesViewModel devices = model.devices();
        var view = new DevicesView(devices);
        Button reload = button("devices-reload", Text.of("devices.reload"), Feather.REFRESH_CW, devices::load);
        sheets.show("devices-sheet", Text.of("devices.title"), view.node(), sheets.closing(reload), reload, () -> {
            view.detach();
            devices.close();
        });
    }

    void changePin() {
        ChangePinViewModel change = model.changePin(() -> {
            sheets.close("pin-sheet");
            model.commands().say(Notice.done(Text.of("pin.done")));
        });
        var view = new ChangePinView(change);
        sheets.show(
                "pin-sheet",
                Text.of("pin.title"),
                view.node(),
                sheets.buttons(view.confirm()),
                view.first(),
                view::clear);
    }

    /// Follows whether the PIN is asked for once more. @return ends it
    Runnable followPinAgain() {
        ChangeListener<Boolean> listener = (_, _, asked) -> {
            if (asked) {
                pinAgain();
            } else {
                sheets.close("pin-again-sheet");
            }
        };
        model.pinAgain().askedProperty().addListener(listener);
        return () -> model.pinAgain().askedProperty().removeListener(listener);
    }

    private void pinAgain() {
        var view = new PinAgainView(model.pinAgain());
        sheets.show(
                "pin-again-sheet",
                Text.of("pin.again.title"),
                view.node(),
                sheets.buttons(view.confirm()),
                view.first(),
                () -> {
                    view.clear();
                    model.pinAgain().drop();
                });
    }

    void recoveryCode() {
        RecoveryCodeViewModel code = model.recoveryCode(() -> {
            sheets.close("recovery-sheet");
            model.commands().say(Notice.done(Text.of("recovery.done")));
        });
        var view = new RecoveryCodeView(code);
        Button[] answers = view.buttons();
        HBox buttons = answers.length == 0 ? sheets.closing() : sheets.buttons(answers);
        Node first = answers.length == 0 ? buttons.lookup("#sheet-cancel") : view.first();
        sheets.show("recovery-sheet", Text.of("recovery.title"), view.node(), buttons, first, () -> {
            view.detach();
            code.close();
        });
    }

    void proveCode() {
        ProveCodeViewModel proof = model.proveCode(() -> {
            sheets.close("proof-sheet");
            model.commands().say(Notice.done(Text.of("proof.done")));
        });
        var view = new ProveCodeView(proof, this::recoveryCode);
        sheets.show(
                "proof-sheet",
                Text.of("proof.title"),
                view.node(),
                sheets.buttons(view.buttons()),
                view.node(),
                view::detach);
        view.requestFocus();
    }

    /// Shows the lines of a message that has more to say.
    void details(Notice notice) {
        var lines = new ListView<String>();
        lines.setId("details-list");
        lines.setAccessibleText(notice.text());
        lines.getItems().setAll(notice.details());
        lines.setCellFactory(LineCell::new);
        lines.getStyleClass().add("details-list");
        HBox buttons = sheets.closing();
        sheets.show("notice-sheet", notice.text(), lines, buttons, lines, () -> {});
    }

    private void chooseWhere(List<Entry> entries) {
        sheets.close();
        picker.folder(window(), Text.of("picker.exportTo"), Text.of("picker.export"), directory -> model.commands()
                .export(entries, directory));
    }

    private void ask(String id, String title, String action, String before, Consumer<String> then) {
        TextField name = Controls.field("name-field", Text.of("name.field"), Text.of("name.prompt"));
        name.setText(before);
        Runnable answer = () -> {
            String entered = name.getText().strip();
            if (!entered.isEmpty()) {
                sheets.close();
                then.accept(entered);
            }
        };
        Button go = button("name-confirm", Text.of(action), Feather.CHECK, answer, Styles.ACCENT);
        go.disableProperty().bind(name.textProperty().isEmpty());
        name.setOnAction(_ -> answer.run());
        Node content = Controls.column("sheet-content", Controls.label(Text.of("name.field"), "field-label"), name);
        sheets.show(id, Text.of(title), content, sheets.buttons(go), name, name::clear);
        int dot = before.lastIndexOf('.');
        // The ending is rarely what somebody wants to change.
        name.selectRange(0, dot > 0 ? dot : before.length());
    }

    private static Node warning(String key, String subject) {
        var text = Controls.paragraph(Text.of(key, subject), "warning-text");
        text.setGraphic(Controls.icon(Feather.ALERT_TRIANGLE));
        return text;
    }

    private static String subject(List<Entry> entries) {
        return entries.size() == 1
                ? Text.of("subject.one", Shown.name(entries.getFirst().name()))
                : Text.of("subject.many", entries.size());
    }

    private List<Entry> selected() {
        return List.copyOf(model.listing().selection());
    }

    private Window window() {
        return sheets.layer().getScene().getWindow();
    }
}
