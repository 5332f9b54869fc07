package strongroom.desktop.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThemeChoiceTest {
    private final SimpleObjectProperty<ColorScheme> desktop = new SimpleObjectProperty<>(ColorScheme.LIGHT);

    @TempDir
    private Path home;

    @Test
    void whatWasChosenIsThereAtTheNextStart() {
        ThemeChoice choice = new ThemeChoice(file());
        theme(choice).toggle();
        choice.save();

        assertEquals(ColorScheme.DARK, theme(new ThemeChoice(file())).shown());
    }

    @Test
    void aChoiceHoldsWhateverTheDesktopDoes() {
        Theme theme = theme(new ThemeChoice(file()));
        theme.toggle();

        desktop.set(ColorScheme.DARK);
        desktop.set(ColorScheme.LIGHT);

        assertEquals(ColorScheme.DARK, theme.shown());
    }

    @Test
    void whoComesBackToWhatTheDesktopHasFollowsItAgain() {
        ThemeChoice choice = new ThemeChoice(file());
        Theme theme = theme(choice);
        theme.toggle();
        choice.save();
        theme.toggle();
        choice.save();

        desktop.set(ColorScheme.DARK);

        assertEquals(ColorScheme.DARK, theme.shown());
        assertFalse(Files.exists(file()));
    }

    @Test
    void withoutAChoiceTheWindowFollowsTheDesktop() {
        Theme theme = theme(new ThemeChoice(file()));

        desktop.set(ColorScheme.DARK);

        assertEquals(ColorScheme.DARK, theme.shown());
    }

    @Test
    void aFileOfSomebodyElseIsNoChoice() throws Exception {
        for (String content : new String[] {"", "theme=purple\n", "\0\0\0", "x".repeat(100_000)}) {
            Files.writeString(file(), content);

            assertNull(new ThemeChoice(file()).chosen(), content);
        }
    }

    @Test
    void aDiskThatRefusesIsNoFailure() {
        ThemeChoice choice = new ThemeChoice(home.resolve("nowhere").resolve("window.state"));

        choice.choose(ColorScheme.DARK);
        choice.save();

        assertEquals(ColorScheme.DARK, choice.chosen());
    }

    private Theme theme(ThemeChoice choice) {
        return new Theme(desktop, choice.chosen(), choice::choose);
    }

    private Path file() {
        return home.resolve("window.state");
    }
}
