package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.vault.client.FolderState;
import strongroom.vault.client.LockReason;

/// The word that the folder was set back, as a person meets it.
class SetBackUiTest {
    private static final Instant FROM = Instant.parse("2026-11-20T08:30:00Z");

    private final Window window = Window.locked();

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void itIsToldOverALockUntilItIsNotedByTheKeyboardAlone() {
        window.client.go(new FolderState.SetBack(FROM));
        window.unlock();
        window.await("#set-back");
        window.shot("set-back");
        assertEquals(
                List.of(),
                window.fx(() -> Accessible.faults(window.stage().getScene().getRoot())));
        Label text = window.fx(() -> window.robot.lookup("#set-back-text").queryAs(Label.class));
        assertTrue(window.fx(text::getAccessibleText).contains("20 November 2026"));
        window.client.lock(LockReason.ASKED);
        window.await("#pin-field");
        window.unlock();
        window.await("#set-back");

        Button noted = window.fx(() -> window.robot.lookup("#set-back-noted").queryAs(Button.class));
        for (int i = 0; i < 60 && !window.fx(noted::isFocused); i++) {
            window.press(KeyCode.TAB);
        }
        assertTrue(window.fx(noted::isFocused), "the keyboard reaches it");
        assertTrue(window.fx(noted::getAccessibleHelp).contains("set back to an older state"));
        window.press(KeyCode.SPACE);

        window.await("the word to go", () -> !window.shows("#set-back"));
        window.client.lock(LockReason.ASKED);
        window.await("#pin-field");
        window.unlock();
        assertFalse(window.shows("#set-back"));
    }

    @Test
    void aCounterThatIsGoneIsToldAsSuch() {
        window.unlock();
        assertFalse(window.shows("#set-back"));

        window.client.go(new FolderState.CounterLost(FROM));

        window.await("#set-back");
        window.shot("set-back-lost");
        assertTrue(window.text("#set-back-text").contains("cannot be told"));
    }
}
