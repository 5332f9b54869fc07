package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.LockReason;

/// What was deleted and what documents were before, as a user gets at it.
class HistoryUiTest {
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
    void aDeletionIsUndoneByTheButtonOfItsMessage() {
        delete("Budget.xlsx");
        assertEquals("“Budget.xlsx” is in the trash", window.text("#toast-text-0"));

        window.click("#toast-offer-0");

        window.await("it to be back", () -> window.row("Budget.xlsx") != null);
        window.await("it to be selected", () -> window.shows("#details-name"));
        assertEquals("Budget.xlsx", window.text("#details-name"));
    }

    @Test
    void aDeletionIsUndoneByKey() {
        delete("Budget.xlsx");

        window.press(KeyCode.CONTROL, KeyCode.Z);

        window.await("it to be back", () -> window.row("Budget.xlsx") != null);
    }

    @Test
    void aDeletionIsUndoneByKeyInTheTrashToo() {
        delete("Budget.xlsx");
        window.click("#trash-button");
        window.await("it to be there", () -> window.fx(() -> trash().getItems().size() == 1));

        window.press(KeyCode.CONTROL, KeyCode.Z);

        window.await("the trash to be empty", () -> window.shows("#trash-empty"));
    }

    @Test
    void theQuestionSaysThatItGoesToTheTrashAndForHowLong() {
        window.select("Budget.xlsx");
        window.press(KeyCode.DELETE);
        window.await("#delete-sheet");

        assertEquals(
                "It leaves all your devices and is kept in the trash for 30 days. Until then you can bring it back.",
                window.text("#delete-sheet .text-muted"));
    }

    @Test
    void theTrashBringsBackAndDestroysOnlyAfterAQuestion() {
        delete("Budget.xlsx");
        delete("server.log");
        delete("Clients");
        window.click("#trash-button");
        window.await("#trash-table");
        window.await("three things", () -> window.fx(() -> trash().getItems().size() == 3));

        window.select("Budget.xlsx");
        window.click("#trash-restore");
        window.await("two things", () -> window.fx(() -> trash().getItems().size() == 2));

        window.select("server.log");
        window.press(KeyCode.DELETE);
        window.await("#purge-sheet");
        assertTrue(window.text("#purge-sheet .warning-text").contains("cannot be undone"));
        window.press(KeyCode.ENTER);
        window.await("the safe answer", () -> !window.shows("#purge-sheet"));
        assertEquals(2, window.fx(() -> trash().getItems().size()));
        window.select("server.log");
        window.click("#trash-purge");
        window.click("#purge-confirm");
        window.await("one thing", () -> window.fx(() -> trash().getItems().size() == 1));

        window.click("#trash-empty");
        window.await("#empty-trash-sheet");
        assertEquals(
                "Delete everything in the trash for good? That is 1 document.",
                window.text("#empty-trash-sheet .sheet-content .label"));
        window.click("#purge-confirm");
        window.await("#trash-nothing");
        window.click("#all-documents");
        window.await("what came back", () -> window.row("Budget.xlsx") != null);
        assertFalse(window.row("Clients") != null);
    }

    @Test
    void afterUnlockTheTrashIsShownAgain() {
        delete("Budget.xlsx");
        window.click("#trash-button");
        window.await("it", () -> window.row("Budget.xlsx") != null);

        window.client.lock(LockReason.IDLE);
        window.await("#unlock-screen");
        assertFalse(window.robot.lookup("#trash-table").tryQuery().isPresent());
        window.enterPin();

        window.await("#trash-table");
        window.await("it", () -> window.row("Budget.xlsx") != null);
    }

    @Test
    void anEarlierVersionIsReadAndRestored() throws Exception {
        change("Meeting notes.md", "short\n");
        window.select("Meeting notes.md");
        window.click("#versions-button");
        window.await("#versions-table");
        window.await("the list to have the focus", () -> focused().equals("versions-table"));

        window.press(KeyCode.ENTER);

        window.await("its first line", () -> line("# Meeting of 20 November"));
        assertEquals("Version 1 of Meeting notes.md", window.text("#document-name"));
        assertTrue(window.text("#viewer-version").contains("to be read only"));
        assertFalse(window.shows("#document-export"));
        window.click("#document-restore");
        window.await("#toast-text-0");
        assertTrue(window.text("#toast-text-0").contains("is kept as an earlier version"));
        window.openDocument("Meeting notes.md");
        window.await("its first line", () -> line("# Meeting of 20 November"));
        window.click("#document-versions");
        window.await(
                "both",
                () -> window.shows("#versions-table")
                        && window.fx(() -> versions().getItems().size() == 2));
    }

    @Test
    void aVersionAtTheServerIsFetchedAndThatCanBeCancelled() throws Exception {
        change("Interview (online).m4a", "new");
        window.client.library().holdBack(true);
        window.select("Interview (online).m4a");
        window.click("#versions-button");
        window.await("#versions-table");

        window.click("#version-open");
        window.await("#viewer-progress");
        window.click("#viewer-cancel");

        window.await("#entry-table");
        window.await("the call to be given up", () -> window.client.library().heldBack() == 0);
    }

    @Test
    void aDocumentWithoutEarlierVersionsSaysSo() {
        window.select("Budget.xlsx");
        window.click("#versions-button");

        window.await("#versions-nothing");
    }

    private void change(String name, String content) throws ClientException {
        Entry entry = window.client.library().find(name);
        window.client.library().replace(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    private void delete(String name) {
        window.select(name);
        window.press(KeyCode.DELETE);
        window.click("#delete-confirm");
        window.await("it to be gone", () -> window.row(name) == null);
    }

    private TableView<?> trash() {
        return window.robot.lookup("#trash-table").queryAs(TableView.class);
    }

    private TableView<?> versions() {
        return window.robot.lookup("#versions-table").queryAs(TableView.class);
    }

    private boolean line(String text) {
        return window.robot
                .lookup(node -> node instanceof ListCell<?> cell && text.equals(cell.getText()))
                .tryQuery()
                .isPresent();
    }

    private String focused() {
        return window.fx(() -> {
            Node owner = window.stage().getScene().getFocusOwner();
            return owner == null ? "" : String.valueOf(owner.getId());
        });
    }
}
