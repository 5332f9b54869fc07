package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Id;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.WipeNotice;

/// Locking and unlocking as a user sees it.
class LockScreenUiTest {
    private Window window;

    @BeforeEach
    void open() {
        window = Window.locked();
        window.await("#pin-field");
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aWrongPinIsSaidWithTheTriesThatAreLeft() {
        window.type("111112");
        window.press(KeyCode.ENTER);

        window.await("#unlock-message");
        assertEquals("That PIN is not right. 2 tries are left before a pause.", window.text("#unlock-message"));
        assertTrue(window.shows("#pin-field"));
    }

    @Test
    void afterTheLastTryNoPinIsTaken() {
        for (int i = 0; i < 3; i++) {
            window.await(
                    "the field",
                    () -> window.fx(
                            () -> !window.robot.lookup("#pin-field").query().isDisabled()
                                    && window.robot.lookup("#pin-field").query().isFocused()));
            window.type("11111" + (i + 2));
            window.press(KeyCode.ENTER);
            window.await("an answer", () -> window.shows("#unlock-message"));
        }

        window.await("the pause", () -> window.text("#unlock-message").startsWith("Too many wrong PINs"));
        assertTrue(window.fx(() -> window.robot.lookup("#pin-field").query().isDisabled()));
    }

    @Test
    void theFieldHasTheFocusAndTheRightPinOpens() {
        assertTrue(window.fx(() -> window.robot.lookup("#pin-field").query().isFocused()));

        window.unlock();

        assertTrue(window.shows("#library-screen"));
        assertFalse(window.shows("#unlock-screen"));
    }

    @Test
    void theLockKeyLocksAndTheReasonIsSaid() {
        window.unlock();

        window.press(KeyCode.CONTROL, KeyCode.L);

        window.await("#unlock-screen");
        assertEquals("Locked because you asked for it", window.text("#unlock-reason"));
    }

    @Test
    void anEnterThatIsHeldOpensTheVaultAndNothingMore() {
        window.type(Window.PIN);
        window.fx(() -> {
            // What the keyboard sends while a key is held: presses without a release.
            for (int i = 0; i < 5; i++) {
                enter(KeyEvent.KEY_PRESSED);
            }
            return true;
        });
        window.await("rows", () -> window.row("Clients") != null);
        window.fx(() -> {
            window.robot
                    .lookup("#entry-table")
                    .queryTableView()
                    .getSelectionModel()
                    .selectFirst();
            for (int i = 0; i < 5; i++) {
                enter(KeyEvent.KEY_PRESSED);
            }
            return true;
        });

        assertEquals(
                "All documents",
                window.fx(() -> window.robot.lookup(".crumb").queryLabeled().getText()));
        window.fx(() -> {
            enter(KeyEvent.KEY_RELEASED);
            enter(KeyEvent.KEY_PRESSED);
            enter(KeyEvent.KEY_RELEASED);
            return true;
        });
        window.await("the folder", () -> window.shows("#empty-state"));
    }

    private void enter(EventType<KeyEvent> what) {
        Node focused = window.stage().getScene().getFocusOwner();
        Event.fireEvent(focused, new KeyEvent(what, "", "", KeyCode.ENTER, false, false, false, false));
    }

    @Test
    void aQuestionThatIsOpenGoesAwayAtTheLock() {
        window.unlock();
        window.select("Budget.xlsx");
        window.press(KeyCode.DELETE);
        window.await("#delete-sheet");

        window.client.lock(LockReason.IDLE);

        window.await("#unlock-screen");
        assertFalse(window.robot.lookup("#delete-sheet").tryQuery().isPresent());
    }

    @Test
    void aWipeIsToldWithNameReasonAndReceipt() {
        window.unlock();

        window.client.wipe(new WipeNotice(
                Id.random(new Random(1)), "Grace Hopper", "Laptop reported stolen", Instant.EPOCH, false));
        window.await("#wiped-screen");
        assertEquals("Grace Hopper", window.text("#wiped-by"));
        assertEquals("Laptop reported stolen", window.text("#wiped-reason"));
        assertEquals("Still being destroyed", window.text("#wiped-when"));

        window.client.wipe(new WipeNotice(
                Id.random(new Random(1)),
                "Grace Hopper",
                "Laptop reported stolen",
                Instant.parse("2026-11-22T21:00:00Z"),
                true));
        window.await("the receipt", () -> window.text("#wiped-receipt").startsWith("Delivered"));
        assertFalse(window.robot.lookup("#entry-table").tryQuery().isPresent());
    }
}
