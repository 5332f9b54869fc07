package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.clipboard.CopiedText;
import strongroom.vault.client.LockReason;

/// Text that a user takes out of a document by way of the clipboard.
class CopyUiTest {
    private Window window;

    @BeforeEach
    void open() {
        window = Window.unlocked();
        window.openDocument("Meeting notes.md");
        window.await("#text-lines");
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void selectedLinesAreCopiedByKeyAndItIsSaidWhatThatMeans() {
        copyTwoLines();

        assertEquals("# Meeting of 20 November\n", clipboard());
        assertEquals(
                "2 lines are on the clipboard for 45 seconds, in clear. Other programs can read the clipboard.",
                window.text("#toast-text-0"));
    }

    @Test
    void everythingIsSelectedByKey() {
        window.press(KeyCode.CONTROL, KeyCode.A);
        window.press(KeyCode.CONTROL, KeyCode.C);

        window.await("the copy", () -> clipboard().lines().count() == 64);
    }

    @Test
    void aLockTakesTheCopyBack() {
        copyTwoLines();

        window.client.lock(LockReason.IDLE);

        window.await("#unlock-screen");
        window.await("the clipboard to be empty", () -> clipboard().isEmpty());
    }

    @Test
    void goingToAnotherProgramLeavesTheCopyThere() {
        copyTwoLines();

        window.client.lock(LockReason.FOCUS_LOST);

        window.await("#unlock-screen");
        assertEquals("# Meeting of 20 November\n", clipboard());
    }

    @Test
    void closingTheWindowTakesTheCopyBack() {
        copyTwoLines();

        window.close();

        assertEquals("", clipboard());
    }

    @Test
    void theCopyIsTakenBackAfterItsTime() {
        List<Runnable> later = new ArrayList<>();
        window.fx(() -> {
            new CopiedText((delay, task) -> later.add(task), () -> {}).put("secret");
            return true;
        });
        assertEquals("secret", clipboard());

        window.fx(() -> {
            later.forEach(Runnable::run);
            return true;
        });

        assertEquals("", clipboard());
    }

    @Test
    void whatSomebodyElseCopiedSinceStaysThere() {
        copyTwoLines();
        window.fx(() -> {
            var other = new ClipboardContent();
            other.putString("of another program");
            return Clipboard.getSystemClipboard().setContent(other);
        });

        window.client.lock(LockReason.IDLE);

        window.await("#unlock-screen");
        assertEquals("of another program", clipboard());
    }

    @Test
    void withoutASelectionNothingIsCopied() {
        String before = clipboard();

        window.press(KeyCode.CONTROL, KeyCode.C);

        assertEquals(before, clipboard());
        assertFalse(window.shows("#toast-text-0"));
        assertTrue(window.fx(() -> window.robot.lookup("#text-copy").query().isDisabled()));
    }

    private void copyTwoLines() {
        assertNotEquals("# Meeting of 20 November\n", clipboard());
        window.press(KeyCode.HOME);
        window.press(KeyCode.SHIFT, KeyCode.DOWN);
        window.press(KeyCode.CONTROL, KeyCode.C);
        window.await("#toast-text-0");
    }

    private String clipboard() {
        return window.fx(() -> {
            String text = Clipboard.getSystemClipboard().getString();
            return text == null ? "" : text;
        });
    }
}
