package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.vault.client.EnrolmentState;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.RecoveryState;

/// The recovery code as a user makes and uses it.
class RecoveryUiTest {
    private static final String CODE = FakeVaultClient.RECOVERY_CODE.replace("-", "");
    private static final String NEW_PIN = "a longer passphrase";

    private final Window window = Window.locked();

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void itIsMadeByTheKeyboardAloneTypedBackAndCounts() {
        window.unlock();
        window.await("#second-way");
        window.shot("recovery-notice");
        window.click("#second-way-make");
        awaitFocus("#recovery-pin");
        look("recovery-sheet");
        window.type(Window.PIN);
        window.press(KeyCode.ENTER);
        awaitFocus("#recovery-group-1");
        look("recovery-code");
        Label first = window.fx(() -> window.robot.lookup("#recovery-group-1").queryAs(Label.class));
        assertEquals(CODE.substring(0, 5), window.text("#recovery-group-1"));
        assertEquals("Group 1: 0 0 0 1 7", window.fx(first::getAccessibleText));
        window.press(KeyCode.ENTER);
        awaitFocus("#recovery-typed-1");

        window.type("11111" + CODE.substring(5));
        window.press(KeyCode.ENTER);
        window.await("#recovery-message");
        look("recovery-mistyped");
        awaitFocus("#recovery-typed-1");
        window.type(CODE.substring(0, 5).toLowerCase(Locale.ROOT));
        window.press(KeyCode.ENTER);

        window.await("the sheet to go", () -> !window.shows("#recovery-sheet"));
        assertInstanceOf(RecoveryState.Sheet.class, window.client.recovery());
        window.await("the notice to go", () -> !window.shows("#second-way"));
        assertFalse(window.fx(() -> first.getScene() != null));
    }

    @Test
    void escapeEndsTheNewCodeAndTheNoticeCanBeWavedAway() {
        window.unlock();
        window.click("#recovery-button");
        awaitFocus("#recovery-pin");
        window.type(Window.PIN);
        window.press(KeyCode.ENTER);
        awaitFocus("#recovery-group-1");

        window.press(KeyCode.ESCAPE);

        window.await("the sheet to go", () -> !window.shows("#recovery-sheet"));
        assertEquals(0, window.client.openSheets());
        assertInstanceOf(RecoveryState.None.class, window.client.recovery());
        window.click("#second-way-dismiss");
        window.await("the notice to go", () -> !window.shows("#second-way"));
    }

    @Test
    void aQuarterLaterTheCodeIsAskedForAndShownToOpen() {
        window.client.recovery(new RecoveryState.Sheet("3f2a91c0", Instant.parse("2026-08-20T08:30:00Z")));
        window.client.go(new EnrolmentState.Finished(Instant.parse("2026-08-20T08:30:00Z"), true));
        window.unlock();
        window.await("#second-way");
        assertEquals("Show your recovery code", window.text("#second-way-title"));
        look("recovery-proof-notice");

        window.click("#second-way-prove");
        awaitFocus("#proof-code-1");
        window.type("11111" + CODE.substring(5));
        window.press(KeyCode.ENTER);
        window.await("#proof-message");
        look("recovery-proof");
        awaitFocus("#proof-code-1");
        window.type(CODE.substring(0, 5));
        window.press(KeyCode.ENTER);

        window.await("the sheet to go", () -> !window.shows("#proof-sheet"));
        window.await("the notice to go", () -> !window.shows("#second-way"));
        assertInstanceOf(EnrolmentState.Finished.class, window.client.enrolment());
    }

    @Test
    void whoDoesNotFindThePaperMakesAnotherCode() {
        window.client.recovery(new RecoveryState.Sheet("3f2a91c0", Instant.parse("2026-08-20T08:30:00Z")));
        window.client.go(new EnrolmentState.Unfinished(EnrolmentState.Missing.PROOF_OF_CODE));
        window.unlock();
        window.click("#second-way-prove");
        awaitFocus("#proof-code-1");

        window.click("#proof-renew");

        awaitFocus("#recovery-pin");
        assertFalse(window.shows("#proof-sheet"));
    }

    @Test
    void whereTheSealIsLostTheCodeOpensForANewPin() {
        window.client.recovery(new RecoveryState.Sheet("3f2a91c0", Instant.parse("2026-11-22T22:00:00Z")));
        window.client.loseSeal();
        window.client.lock(LockReason.ASKED);
        window.await("#pin-field");

        window.enterPin();

        awaitFocus("#recover-code-1");
        assertEquals(FakeVaultClient.SEAL_LOST, window.text("#recover-reason"));
        window.type("11111" + CODE.substring(5));
        window.await("#recover-message");
        look("recover-mistyped");
        awaitFocus("#recover-code-1");
        window.type(CODE.substring(0, 5));
        awaitFocus("#recover-pin");
        window.type(NEW_PIN);
        window.press(KeyCode.ENTER);
        awaitFocus("#recover-pin-repeat");
        window.type(NEW_PIN);
        look("recover");
        window.press(KeyCode.ENTER);

        window.await("#entry-table");
        window.client.lock(LockReason.ASKED);
        window.await("#unlock-recovery");
        look("unlock-recovery");
    }

    private void look(String name) {
        window.shot(name);
        assertEquals(
                List.of(),
                window.fx(() -> Accessible.faults(window.stage().getScene().getRoot())),
                name);
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
