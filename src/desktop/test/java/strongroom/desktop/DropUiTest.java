package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files dragged in from another program, with its window, the mouse and the window manager.
class DropUiTest {
    private static final PseudoClass OVER = PseudoClass.getPseudoClass("drop-over");

    @TempDir
    private Path disk;

    private Window window;
    private Path letter;
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        letter = Files.writeString(disk.resolve("Letter of a stranger.txt"), "text");
        folder = Files.createDirectory(disk.resolve("Papers"));
        Files.writeString(folder.resolve("Paper.txt"), "text");
        window = Window.unlocked();
        window.openDocument("Clients");
        window.await("the folder", () -> window.row("Byron estate") != null);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void whatIsDroppedOnTheLockScreenIsTakenInAfterTheUnlock() throws Exception {
        try (Drag drag = Drag.fromWindow(letter, folder)) {
            dropOn(drag, "#unlock-screen");
            window.await("#unlock-waiting");
            window.shot("drop-locked-light");
        }
        assertEquals("2 files and folders are taken in once the vault is open again.", window.text("#unlock-waiting"));
        assertFalse(window.fx(() -> window.robot.lookup((Node node) -> node instanceof Labeled).queryAll().stream()
                .anyMatch(node -> String.valueOf(((Labeled) node).getText()).contains("Letter"))));

        window.click("#pin-field");
        window.enterPin();

        window.await("the document", () -> window.row("Letter of a stranger.txt") != null);
        window.await("the folder", () -> window.row("Papers") != null);
        assertTrue(window.row("Byron estate") != null);
        assertEquals("2 documents were added", window.text("#toast-text-0"));
    }

    @Test
    void whatIsDroppedOnTheCoverIsTakenInOnceTheUserIsBack() throws Exception {
        window.client.autoLock(false);

        try (Drag drag = Drag.fromWindow(letter)) {
            dropOn(drag, "#cover");
            window.await("#cover-waiting");
            window.shot("drop-covered-light");
        }
        window.fx(() -> {
            window.stage().requestFocus();
            return true;
        });

        window.await("the document", () -> window.row("Letter of a stranger.txt") != null);
        assertFalse(window.shows("#cover"));
    }

    @Test
    void whatIsDroppedOnTheListIsTakenInAtOnce() throws Exception {
        try (Drag drag = Drag.fromPopup(letter)) {
            window.await("#unlock-screen");
            window.fx(() -> {
                window.stage().requestFocus();
                return true;
            });
            window.enterPin();
            window.await("the folder", () -> window.row("Byron estate") != null);

            dropOn(drag, "#library-screen");

            window.await("the document", () -> window.row("Letter of a stranger.txt") != null);
            assertFalse(window.shows("#cover"));
        }
    }

    @Test
    void whatWasDroppedIsForgottenOnRequest() throws Exception {
        try (Drag drag = Drag.fromWindow(letter)) {
            dropOn(drag, "#unlock-screen");
            window.await("#unlock-waiting");
        }

        window.click("#unlock-waiting-forget");
        assertFalse(window.shows("#unlock-waiting"));
        window.enterPin();

        window.await("the folder", () -> window.row("Byron estate") != null);
        assertFalse(window.shows("#toast-text-0"));
        assertTrue(window.row("Letter of a stranger.txt") == null);
    }

    private void dropOn(Drag drag, String target) throws Exception {
        drag.press();
        drag.moveUntil(
                window,
                "files over " + target,
                window.stage().getX() + 600,
                window.stage().getY() + 600,
                () -> window.fx(() -> window.robot
                        .lookup(target)
                        .tryQuery()
                        .filter(node -> node.getPseudoClassStates().contains(OVER))
                        .isPresent()));
        assertEquals("dropped COPY", drag.drop());
    }
}
