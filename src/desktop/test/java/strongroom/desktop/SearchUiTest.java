package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.SearchHit;
import strongroom.vault.client.SearchState;

/// Looking for something by the keyboard alone.
class SearchUiTest {
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
    void whatIsTypedIsFoundMarkedAndOpenedByEnter() {
        look("committee");

        await("Meeting notes.md");
        assertEquals(List.of("committee"), marks().stream().distinct().toList());
        assertEquals("All documents", window.text(".hit-folder"));
        window.press(KeyCode.ENTER);
        window.await("#text-lines");
        window.press(KeyCode.ESCAPE);
        window.await("#search-hits");
        assertEquals("committee", typed());
    }

    @Test
    void escapeEndsTheSearchAndGoesBackToTheListWhereOneWas() {
        window.openDocument("Clients");
        window.await("the folder", () -> window.row("Byron estate") != null);
        window.select("Byron estate");
        look("engine");
        await("Meeting notes.md");

        window.press(KeyCode.ESCAPE);

        window.await("the folder", () -> window.row("Byron estate") != null);
        assertEquals("", typed());
        assertEquals("Byron estate", window.text("#details-name"));
        window.await("the focus", () -> focused().equals("entry-table"));
    }

    @Test
    void aHitIsShownInItsFolderBySelectionAndKeyboard() {
        look("will");
        await("Will.pdf");

        window.press(KeyCode.DOWN);
        window.await("the focus", () -> focused().equals("search-hits"));
        window.press(KeyCode.CONTROL, KeyCode.ENTER);

        window.await("its folder", () -> window.row("Will.pdf") != null);
        window.await("its details", () -> window.shows("#details-name"));
        assertEquals("Will.pdf", window.text("#details-name"));
        window.await("the focus", () -> focused().equals("entry-table"));
    }

    @Test
    void theSearchWorksFromAnOpenDocumentAndTypingGoesOn() {
        window.openDocument("Meeting notes.md");
        window.await("#text-lines");

        look("agree");
        await("Shareholder agreement.docx");
        window.type("ment conflict");

        window.await("one hit", () -> hits() == 1);
        assertEquals("agreement conflict", typed());
        assertEquals("search-field", focused());
    }

    @Test
    void nothingFoundIsAKindSentenceAndSoIsWhatIsStillBeingRead() {
        window.client.library().search().go(new SearchState(12, 340));
        look("xylophone");

        window.await("#search-nothing");
        assertTrue(window.text("#search-nothing").startsWith("Not yet, at least"));
        assertTrue(window.text("#search-reading").startsWith("Still reading 12 of 340 documents"));

        window.client.library().search().go(new SearchState(340, 340));

        window.await("the last word", () -> window.text("#search-nothing").startsWith("No name and no text"));
        assertFalse(window.shows("#search-reading"));
    }

    @Test
    void noWordAndNoHitIsLeftAfterTheLock() throws Exception {
        look("engine");
        await("Meeting notes.md");
        var list = new WeakReference<>(window.robot.lookup("#search-hits").query());
        var field = new WeakReference<>(window.robot.lookup("#search-field").query());
        var hit = new WeakReference<>(hit());

        window.client.lock(LockReason.IDLE);
        window.await("#unlock-screen");
        window.robot.moveTo("#unlock-reason");
        assertTrue(words().stream().noneMatch(text -> text.contains("engine")), words().toString());
        window.type("1");

        window.await("words and hits to be collected", () -> {
            System.gc();
            return list.get() == null && field.get() == null && hit.get() == null;
        });
        window.press(KeyCode.BACK_SPACE);
        window.enterPin();
        window.await("#entry-table");
        assertEquals("", typed());
    }

    private void look(String words) {
        window.press(KeyCode.CONTROL, KeyCode.F);
        window.await("the box", () -> focused().equals("search-field"));
        window.type(words);
    }

    private void await(String name) {
        window.await(
                name,
                () -> window.fx(() -> window.robot.lookup(".hit-name").queryAll().stream()
                        .anyMatch(label -> label instanceof Labeled shown && name.equals(shown.getText()))));
    }

    private int hits() {
        return window.fx(() -> list().getItems().size());
    }

    private SearchHit hit() {
        return window.fx(() -> list().getItems().getFirst());
    }

    @SuppressWarnings("unchecked") // it holds nothing else
    private ListView<SearchHit> list() {
        return window.robot.lookup("#search-hits").queryAs(ListView.class);
    }

    private List<String> marks() {
        return window.fx(() -> window.robot.lookup(".hit-mark").queryAll().stream()
                .map(mark -> ((Labeled) mark).getText())
                .toList());
    }

    /// Every word that is on the screen.
    private List<String> words() {
        return window.fx(() ->
                window.robot.lookup((Node node) -> node instanceof Text || node instanceof Labeled).queryAll().stream()
                        .map(node ->
                                node instanceof Text text ? text.getText() : String.valueOf(((Labeled) node).getText()))
                        .toList());
    }

    private String typed() {
        return window.fx(() -> window.robot
                .lookup("#search-field")
                .queryAs(TextInputControl.class)
                .getText());
    }

    private String focused() {
        return window.fx(() -> {
            Node owner = window.stage().getScene().getFocusOwner();
            return owner == null ? "" : String.valueOf(owner.getId());
        });
    }
}
