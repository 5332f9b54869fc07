package strongroom.desktop.library;

import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// The keys of the main screen. Locking works everywhere, also over a question.
final class Shortcuts {
    private final List<Shortcut> all;

    /// @param find goes to the search @param leaveSearch goes to what is shown
    /// @param onRows whether keys mean the selected rows @param inDocument whether a document is open
    /// @param asking whether a question is up
    Shortcuts(
            LibraryViewModel model,
            Questions questions,
            Runnable find,
            Runnable leaveSearch,
            BooleanSupplier onRows,
            BooleanSupplier inDocument,
            BooleanSupplier asking) {
        BooleanSupplier listed = () -> model.listing().readyProperty().get()
                && model.sectionProperty().get() == Section.FOLDER
                && !asking.getAsBoolean()
                && !inDocument.getAsBoolean();
        BooleanSupplier searching = () ->
                model.sectionProperty().get() == Section.SEARCH && !asking.getAsBoolean() && !inDocument.getAsBoolean();
        Runnable endSearch = () -> {
            model.search().clear();
            leaveSearch.run();
        };
        BooleanSupplier onRow = () -> listed.getAsBoolean() && onRows.getAsBoolean();
        all = List.of(
                new Shortcut(with(KeyCode.L), () -> true, model::lock),
                new Shortcut(
                        with(KeyCode.I),
                        () -> !asking.getAsBoolean()
                                && model.listing().readyProperty().get(),
                        questions::importFiles),
                new Shortcut(with(KeyCode.F), () -> !asking.getAsBoolean(), find),
                new Shortcut(
                        new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                        listed,
                        questions::makeFolder),
                new Shortcut(new KeyCodeCombination(KeyCode.F2), onRow, questions::rename),
                new Shortcut(new KeyCodeCombination(KeyCode.DELETE), onRow, questions::remove),
                new Shortcut(
                        with(KeyCode.Z),
                        () -> onRows.getAsBoolean() && !asking.getAsBoolean() && !inDocument.getAsBoolean(),
                        model.commands()::undo),
                new Shortcut(new KeyCodeCombination(KeyCode.UP, KeyCombination.ALT_DOWN), onRow, model.listing()::up),
                new Shortcut(
                        new KeyCodeCombination(KeyCode.ESCAPE),
                        () -> !asking.getAsBoolean() && inDocument.getAsBoolean(),
                        model::closeDocument),
                new Shortcut(new KeyCodeCombination(KeyCode.ESCAPE), searching, endSearch));
    }

    void handle(KeyEvent event) {
        for (Shortcut shortcut : all) {
            if (shortcut.keys.match(event) && shortcut.when.getAsBoolean()) {
                shortcut.action.run();
                event.consume();
                return;
            }
        }
    }

    private static KeyCombination with(KeyCode code) {
        return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
    }

    private record Shortcut(KeyCombination keys, BooleanSupplier when, Runnable action) {}
}
