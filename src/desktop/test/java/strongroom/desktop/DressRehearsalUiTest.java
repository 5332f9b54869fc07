package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An unlock that nobody sees.
class DressRehearsalUiTest {
    private final Window window = Window.locked();

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void itIsPlayedToItsEndAndNothingOfItIsSeen() {
        int windows = window.fx(() -> javafx.stage.Window.getWindows().size());

        assertTrue(DressRehearsal.play(new SimpleObjectProperty<>(ColorScheme.LIGHT), Platform::runLater));

        assertEquals(windows, window.fx(() -> javafx.stage.Window.getWindows().size()));
        assertTrue(window.shows("#pin-field"));
    }

    @Test
    void whoeverIsInterruptedEndsIt() throws Exception {
        boolean[] ended = new boolean[1];
        Thread rehearsal = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            ended[0] = DressRehearsal.play(new SimpleObjectProperty<>(ColorScheme.DARK), Platform::runLater);
        });
        rehearsal.join();

        assertFalse(ended[0]);
        assertTrue(window.shows("#pin-field"));
    }
}
