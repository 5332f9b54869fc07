package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is on the laptop and what is at the server alone, as a user sees and changes it.
class AvailabilityUiTest {
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
    void theMenuKeepsADocumentHereAndLetsItGoAgain() {
        window.select("Interview (online).m4a");
        awaitWhere("Online-only");
        Window.picture("online-only");

        choose("#menu-keep");

        awaitWhere("Always on this laptop");
        assertEquals("“Interview (online).m4a” stays on this laptop", window.text("#toast-text-0"));

        choose("#menu-online");

        awaitWhere("Online-only");
    }

    @Test
    void aFolderIsKeptWithWhatIsInIt() {
        window.select("Clients");
        awaitWhere("As each document");

        choose("#menu-keep");

        awaitWhere("Always on this laptop");
    }

    private void choose(String item) {
        window.robot.clickOn(MouseButton.SECONDARY);
        window.await(
                "the menu",
                () -> window.fx(() -> javafx.stage.Window.getWindows().size() > 1));
        Window.picture("menu-of-a-row");
        window.robot.clickOn(item);
        window.await(
                "the menu to go",
                () -> window.fx(() -> javafx.stage.Window.getWindows().size() == 1));
    }

    private void awaitWhere(String where) {
        window.await(where, () -> window.shows("#details-where") && where.equals(window.text("#details-where")));
    }
}
