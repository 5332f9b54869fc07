package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.widget.PinField;
import strongroom.vault.client.LockReason;

/// Changing the PIN as a user does.
class ChangePinUiTest {
    private Window window;

    @BeforeEach
    void open() {
        window = Window.unlocked();
        window.click("#pin-button");
        awaitFocus("#present-pin");
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void byTheKeyboardAloneAndTheNewOneOpensFromThenOn() {
        assertTrue(window.fx(() -> window.robot.lookup("#pin-confirm").query().isDisabled()));
        fill(Window.PIN, "715204", "715204");
        Window.picture("change-pin");
        assertEquals(
                List.of(),
                window.fx(() -> Accessible.faults(window.stage().getScene().getRoot())));

        window.press(KeyCode.ENTER);

        window.await("the sheet to go", () -> !window.shows("#pin-sheet"));
        assertEquals("The PIN was changed", window.text("#toast-text-0"));
        window.client.lock(LockReason.ASKED);
        awaitFocus("#pin-field");
        window.type("715204");
        window.press(KeyCode.ENTER);
        window.await("#entry-table");
    }

    @Test
    void aWrongPresentPinIsSaidAndAskedForAgain() {
        fill("111112", "715204", "715204");

        window.press(KeyCode.ENTER);

        window.await("#pin-message");
        Window.picture("change-pin-wrong");
        assertTrue(window.text("#pin-message").startsWith("The PIN you have now is not right"));
        awaitFocus("#present-pin");
        assertEquals(0, length("#present-pin") + length("#new-pin") + length("#new-pin-repeat"));
    }

    @Test
    void aLockTakesWhatWasTyped() {
        fill(Window.PIN, "715204", "715204");
        PinField typed = window.fx(() -> window.robot.lookup("#new-pin").queryAs(PinField.class));

        window.client.lock(LockReason.IDLE);

        window.await("#unlock-screen");
        assertEquals(0, window.fx(() -> typed.lengthProperty().get()));
    }

    @Test
    void escapeLeavesEverythingAsItWas() {
        fill(Window.PIN, "715204", "715204");

        window.press(KeyCode.ESCAPE);

        window.await("the sheet to go", () -> !window.shows("#pin-sheet"));
        window.client.lock(LockReason.ASKED);
        window.unlock();
    }

    /// Enter goes from field to field.
    private void fill(String present, String fresh, String repeated) {
        window.type(present);
        window.press(KeyCode.ENTER);
        awaitFocus("#new-pin");
        window.type(fresh);
        window.press(KeyCode.ENTER);
        awaitFocus("#new-pin-repeat");
        window.type(repeated);
    }

    private void awaitFocus(String field) {
        window.await(
                field + " to have the focus",
                () -> window.fx(() -> window.robot
                        .lookup(field)
                        .tryQuery()
                        .filter(there -> there.isFocused() && !there.isDisabled())
                        .isPresent()));
    }

    private int length(String field) {
        return window.fx(() -> window.robot
                .lookup(field)
                .queryAs(PinField.class)
                .lengthProperty()
                .get());
    }
}
