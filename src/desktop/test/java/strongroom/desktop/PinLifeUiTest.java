package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.widget.PinField;
import strongroom.vault.client.UnlockResult.NewPinNeeded.Why;

/// What the organisation lays down for PINs, as a user meets it, by the keyboard alone.
class PinLifeUiTest {
    private static final String LONGER = "blue kettle 42";

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
    void aPinThatIsNotWantedAnyMoreIsChangedBeforeAnythingOpens() {
        window.client.shortestPin(10);
        window.client.wantNewPin(Why.TOO_SHORT);
        awaitFocus("#pin-field");
        window.type(Window.PIN);
        window.press(KeyCode.ENTER);
        window.await("#renew-card");

        assertEquals(Why.TOO_SHORT.sentence(), window.text("#renew-reason"));
        assertFalse(window.shows("#entry-table"));
        awaitFocus("#present-pin");
        window.type(Window.PIN);
        window.press(KeyCode.ENTER);
        awaitFocus("#new-pin");
        window.type(LONGER.substring(0, 9));
        window.press(KeyCode.ENTER);
        awaitFocus("#new-pin-repeat");
        window.type(LONGER.substring(0, 9));
        assertTrue(window.fx(() -> window.robot.lookup("#pin-confirm").query().isDisabled()), "nine are too few");
        window.press(KeyCode.SHIFT, KeyCode.TAB);
        awaitFocus("#new-pin");
        window.type(LONGER.substring(9));
        window.press(KeyCode.ENTER);
        awaitFocus("#new-pin-repeat");
        window.type(LONGER.substring(9));
        Window.picture("renew-pin");
        assertEquals(
                List.of(),
                window.fx(() -> Accessible.faults(window.stage().getScene().getRoot())));

        window.press(KeyCode.ENTER);

        window.await("#entry-table");
    }

    @Test
    void backFromTheNewPinNothingThatWasTypedIsLeft() {
        window.client.wantNewPin(Why.TOO_OLD);
        awaitFocus("#pin-field");
        window.type(Window.PIN);
        window.press(KeyCode.ENTER);
        awaitFocus("#present-pin");
        window.type(Window.PIN);
        PinField typed = window.fx(() -> window.robot.lookup("#present-pin").queryAs(PinField.class));

        window.click("#renew-back");

        window.await("the PIN alone", () -> window.shows("#pin-field") && !window.shows("#renew-card"));
        assertEquals(0, window.fx(() -> typed.lengthProperty().get()));
    }

    @Test
    void beforeTheKeysAreDestroyedItIsSaidAndAfterwardsWhy() {
        window.client.destroyAtLastTry();
        tryWrong("111112");
        window.await(
                "a warning",
                () -> window.shows("#unlock-message")
                        && window.text("#unlock-message")
                                .equals("That PIN is not right. 2 tries are left, then this device destroys its"
                                        + " keys."));
        Window.picture("last-tries");
        tryWrong("111113");
        window.await("the last", () -> window.text("#unlock-message").contains("One try is left; if it is wrong"));
        tryWrong("111114");

        window.await("#wiped-screen");
        assertEquals("3 wrong PINs in a row; your organisation signed the rule", window.text("#wiped-reason"));
        assertTrue(window.text("#wiped-explanation").contains("by a rule of your organisation"));
        Window.picture("wiped-by-rule");
        assertEquals(
                List.of(),
                window.fx(() -> Accessible.faults(window.stage().getScene().getRoot())));
    }

    /// Of a document in the trash, where the organisation wants the PIN for it.
    private void destroyForGood() {
        awaitFocus("#pin-field");
        window.type(Window.PIN);
        window.press(KeyCode.ENTER);
        window.await("the list", () -> window.row("Budget.xlsx") != null);
        window.select("Budget.xlsx");
        window.press(KeyCode.DELETE);
        window.click("#delete-confirm");
        window.await("it to go", () -> window.row("Budget.xlsx") == null);
        window.click("#trash-button");
        window.await("it", () -> window.row("Budget.xlsx") != null);
        window.select("Budget.xlsx");
        window.client.library().pinWanted(true);
        window.press(KeyCode.DELETE);
        window.click("#purge-confirm");
    }

    @Test
    void whatIsDestroyedForGoodAsksForThePinAgain() {
        destroyForGood();

        window.await("#pin-again-sheet");
        awaitFocus("#pin-again");
        window.type("111112");
        window.press(KeyCode.ENTER);
        window.await("#pin-again-message");
        assertTrue(window.text("#pin-again-message").startsWith("That PIN is not right."));
        awaitFocus("#pin-again");
        window.type(Window.PIN);
        Window.picture("pin-again");
        assertEquals(
                List.of(),
                window.fx(() -> Accessible.faults(window.stage().getScene().getRoot())));
        assertTrue(window.row("Budget.xlsx") != null);

        window.press(KeyCode.ENTER);

        window.await("the sheet to go", () -> !window.shows("#pin-again-sheet"));
        window.await("#trash-nothing");
    }

    @Test
    void whoGivesNoPinKeepsWhatWasToBeDestroyed() {
        destroyForGood();
        awaitFocus("#pin-again");

        window.press(KeyCode.ESCAPE);

        window.await("the sheet to go", () -> !window.shows("#pin-again-sheet"));
        assertTrue(window.row("Budget.xlsx") != null);
    }

    private void tryWrong(String pin) {
        awaitFocus("#pin-field");
        window.type(pin);
        window.press(KeyCode.ENTER);
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
}
