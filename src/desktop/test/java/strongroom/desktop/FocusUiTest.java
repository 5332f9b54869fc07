package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.LockSignal;

/// The wire from the focus of windows to the lock, with a real window manager.
class FocusUiTest {
    private Window window;

    @BeforeEach
    void open() {
        window = Window.unlocked();
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void anotherProgramInFrontLocksAndDropsTheContent() throws Exception {
        assertTrue(labels().stream().anyMatch(text -> text.contains("Engagement letter")));

        try (Foreign foreign = Foreign.open()) {
            foreign.activate();
            window.await("the lock screen", () -> window.shows("#unlock-screen"));
        }

        assertTrue(window.client.signals().contains(LockSignal.FOCUS_LOST));
        assertEquals("Locked because another program came to the front", window.text("#unlock-reason"));
        assertTrue(labels().stream().noneMatch(text -> text.contains("Engagement letter")), labels().toString());
        assertFalse(window.robot.lookup("#entry-table").tryQuery().isPresent());
    }

    @Test
    void theContentIsCoveredBeforeTheCoreHasAnswered() throws Exception {
        window.client.autoLock(false);

        try (Foreign foreign = Foreign.open()) {
            foreign.activate();
            window.await("#cover");
            assertFalse(window.shows("#entry-table"));
        }
    }

    @Test
    void theContentIsCoveredInTheVeryEventThatTellsOfTheFocus() throws Exception {
        window.client.autoLock(false);
        var seen = new ArrayList<Boolean>();
        window.fx(() -> {
            // Added after the watch, so called after it: no frame is drawn between the two.
            window.stage().focusedProperty().addListener((_, _, focused) -> {
                if (!focused) {
                    seen.add(window.shows("#cover") && !window.shows("#entry-table"));
                }
            });
            return true;
        });

        try (Foreign foreign = Foreign.open()) {
            foreign.activate();
            window.await("#cover");
        }

        assertEquals(true, seen.getFirst());
    }

    @Test
    void aTooltipThatGoesAwayAtTheSameTimeDoesNotDelayTheCover() throws Exception {
        window.client.autoLock(false);
        var seen = new ArrayList<Boolean>();
        window.fx(() -> {
            var tooltip = new Tooltip("a hint");
            tooltip.show(window.stage());
            window.stage().focusedProperty().addListener((_, _, focused) -> {
                if (!focused) {
                    seen.add(window.shows("#cover"));
                }
            });
            return true;
        });

        try (Foreign foreign = Foreign.open()) {
            window.await("an answer", () -> !seen.isEmpty());
            foreign.activate();
        }

        assertEquals(true, seen.getFirst());
    }

    @Test
    void anOpenMenuGoesAwayAtTheLock() {
        window.select("Budget.xlsx");
        window.robot.clickOn(MouseButton.SECONDARY);
        window.await(
                "the menu",
                () -> window.fx(() -> javafx.stage.Window.getWindows().size() > 1));

        window.client.lock(LockReason.IDLE);

        window.await("#unlock-screen");
        window.await(
                "one window alone",
                () -> window.fx(
                        () -> List.copyOf(javafx.stage.Window.getWindows()).equals(List.of(window.stage()))));
    }

    @Test
    void afterUnlockTheSamePageOfTheSameDocumentIsOpen() {
        window.openDocument("Engagement letter.pdf");
        window.await("#page-next");
        window.press(KeyCode.PAGE_DOWN);
        window.await("the page", () -> window.text("#page-number").equals("2 of 3"));

        window.client.lock(LockReason.IDLE);
        window.await("#unlock-screen");
        window.enterPin();

        window.await("#document-screen");
        window.await(
                "the page",
                () -> window.shows("#page-number")
                        && window.text("#page-number").equals("2 of 3"));
        assertEquals("Engagement letter.pdf", window.text("#document-name"));
    }

    @Test
    void lockingDoesNotTakeTheForeground() throws Exception {
        try (Foreign foreign = Foreign.open()) {
            foreign.activate();
            window.await(
                    "the lock screen",
                    () -> window.robot.lookup("#unlock-screen").tryQuery().isPresent());
            assertFalse(window.fx(() -> window.stage().isFocused()));
        }
    }

    @Test
    void aDialogOfOurOwnDoesNotLock() {
        window.client.signals().clear();

        window.press(KeyCode.CONTROL, KeyCode.I);
        window.await("#path-picker");
        window.press(KeyCode.ESCAPE);
        window.await("the dialog to be gone", () -> !window.shows("#path-picker"));
        window.await(
                "the focus to be back", () -> window.fx(() -> window.stage().isFocused()));

        window.await("the hand-over to be over", () -> {
            pause();
            return true;
        });
        assertFalse(
                window.client.signals().contains(LockSignal.FOCUS_LOST),
                window.client.signals().toString());
        assertTrue(window.shows("#entry-table"));
    }

    @Test
    void aMenuOfOurOwnDoesNotLock() {
        window.client.signals().clear();

        window.click("#import-button");
        window.await("#import-files");
        window.press(KeyCode.ESCAPE);
        pause();

        assertFalse(
                window.client.signals().contains(LockSignal.FOCUS_LOST),
                window.client.signals().toString());
    }

    @Test
    void anotherProgramInFrontOfADialogClosesTheDialogAndLocks() throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.I);
        window.await("#path-picker");

        try (Foreign foreign = Foreign.open()) {
            foreign.activate();
            window.await("the lock screen", () -> window.shows("#unlock-screen"));
        }

        assertFalse(window.shows("#path-picker"));
    }

    @Test
    void whoGoesAwayWhileThePinIsCheckedFindsTheVaultLocked() throws Exception {
        window.client.lock(LockReason.IDLE);
        window.client.signals().clear();
        window.client.thinking(Duration.ofSeconds(3));
        window.enterPin();

        try (Foreign foreign = Foreign.open()) {
            foreign.activate();
            window.await(
                    "the answer",
                    () -> window.client.signals().getLast() == LockSignal.FOCUS_LOST
                            && window.client.state() instanceof ClientState.Locked locked
                            && locked.reason() == LockReason.FOCUS_LOST);
        }

        window.await("#unlock-screen");
        window.await("the reason", () -> window.text("#unlock-reason").contains("another program"));
        assertFalse(window.shows("#unlock-message"));
        assertEquals(1, Collections.frequency(window.client.signals(), LockSignal.FOCUS_LOST));
    }

    @Test
    void afterTheLockNoNodeOfTheContentIsHeldByAnybody() throws Exception {
        window.select("Engagement letter.pdf");
        var table = new WeakReference<>(window.robot.lookup("#entry-table").query());
        var name = new WeakReference<>(window.robot.lookup("#details-name").query());

        window.client.lock(LockReason.IDLE);
        window.await("#unlock-screen");
        window.robot.moveTo("#unlock-reason");
        window.type("1");

        window.await("the nodes to be collected", () -> {
            System.gc();
            return table.get() == null && name.get() == null;
        });
    }

    @Test
    void minimisingLocks() {
        window.fx(() -> {
            window.stage().setIconified(true);
            return true;
        });

        window.await(
                "the lock screen",
                () -> window.robot.lookup("#unlock-screen").tryQuery().isPresent());
        assertTrue(window.client.signals().contains(LockSignal.MINIMISED)
                || window.client.signals().contains(LockSignal.FOCUS_LOST));
        window.fx(() -> {
            window.stage().setIconified(false);
            return true;
        });
    }

    @Test
    void afterUnlockTheUserIsBackInTheSamePlace() {
        window.openDocument("Clients");
        window.await("the folder", () -> window.row("Byron estate") != null);
        window.select("Byron estate");
        window.client.lock(LockReason.IDLE);
        window.await("#unlock-screen");

        window.enterPin();

        window.await("the folder", () -> window.row("Byron estate") != null);
        window.await("the selection", () -> window.shows("#details-name"));
        assertEquals("Byron estate", window.text("#details-name"));
    }

    /// Longer than the hand-over of the focus between two of our windows.
    private static void pause() {
        long until = System.nanoTime() + 600_000_000L;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private List<String> labels() {
        return window.fx(() -> window.robot.lookup((Node node) -> node instanceof Labeled).queryAll().stream()
                .map(node -> String.valueOf(((Labeled) node).getText()))
                .toList());
    }
}
