package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.LockReason;

/// A long list: it stays where the user is, whatever comes or goes around it.
class ListUiTest {
    private static final int MANY = 1000;

    private final FakeVaultClient client = FakeVaultClient.locked(Clock.systemUTC(), Window.PIN, LockReason.STARTED);
    private Window window;
    private Id folder;
    private int second;

    @BeforeEach
    void open() throws ClientException {
        client.library().open();
        folder = client.library().root().id();
        for (int i = 0; i < MANY; i++) {
            put(String.format("Document %04d.txt", i));
        }
        window = Window.open(client);
        window.unlock();
        window.await("all of them", () -> window.fx(() -> table().getItems().size() == MANY));
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void whatSynchronisationBringsMovesNeitherSelectionNorView() {
        goTo(500);
        window.press(KeyCode.SHIFT, KeyCode.DOWN);
        double before = height("Document 0500.txt");

        put("Another.txt");

        window.await("the new one", () -> window.fx(() -> table().getItems().size() == MANY + 1));
        assertEquals(List.of("Document 0500.txt", "Document 0501.txt"), selected());
        window.await("the row to stand where it stood", () -> near(height("Document 0500.txt"), before));
    }

    @Test
    void anImportKeepsWhatIsSelectedAndInView(@TempDir Path disk) throws Exception {
        goTo(500);
        double before = height("Document 0500.txt");

        bring(disk, "A new one.txt");

        assertEquals(List.of("Document 0500.txt"), selected());
        window.await("the row to stand where it stood", () -> near(height("Document 0500.txt"), before));
    }

    @Test
    void anImportShowsWhatCameWhereNothingIsSelected(@TempDir Path disk) throws Exception {
        assertEquals(List.of(), selected());

        bring(disk, "Letter.txt");

        window.await("the selection", () -> selected().equals(List.of("Letter.txt")));
        window.await("its row", () -> window.row("Letter.txt") != null);
    }

    @Test
    void afterUnlockTheListShowsWhatWasSelected() {
        goTo(700);
        List<String> selected = selected();

        client.lock(LockReason.IDLE);
        window.await("#unlock-screen");
        window.enterPin();
        window.await("#entry-table");

        window.await("the selection", () -> selected().equals(selected));
        window.await("its row in view", () -> window.row("Document 0700.txt") != null);
    }

    @Test
    void afterUnlockTheListIsSortedAsBefore() {
        sortByModified();
        sortByModified();
        window.await("the newest on top", () -> first().equals("Document 0999.txt"));

        client.lock(LockReason.IDLE);
        window.await("#unlock-screen");
        window.enterPin();
        window.await("#entry-table");

        window.await("the newest on top", () -> first().equals("Document 0999.txt"));
        assertEquals(List.of("column-modified DESCENDING"), window.fx(() -> table().getSortOrder().stream()
                .map(column -> column.getId() + " " + column.getSortType())
                .toList()));
        sortByModified();
        window.await("the order of names", () -> first().equals("Document 0000.txt"));
    }

    @Test
    void everythingIsSelectedInOneStep() {
        window.press(KeyCode.CONTROL, KeyCode.A);

        window.await(
                "the sum",
                () -> window.fx(() -> window.robot
                        .lookup(".details-hint .label")
                        .queryLabeled()
                        .getText()
                        .startsWith("1,000 selected")));
        put("Another.txt");
        window.await("the new one", () -> window.fx(() -> table().getItems().size() == MANY + 1));
        assertEquals(MANY, selected().size());
    }

    private void sortByModified() {
        window.robot.clickOn(window.robot
                .lookup(node ->
                        node.getStyleClass().contains("column-header") && "column-modified".equals(node.getId()))
                .queryAll()
                .iterator()
                .next());
    }

    private String first() {
        return window.fx(() -> table().getItems().isEmpty()
                ? ""
                : table().getItems().getFirst().name());
    }

    private void goTo(int row) {
        window.fx(() -> {
            table().requestFocus();
            table().getSelectionModel().clearAndSelect(row);
            table().scrollTo(row - 3);
            return true;
        });
        String name = String.format("Document %04d.txt", row);
        window.await("the row", () -> window.row(name) != null);
    }

    private void bring(Path disk, String name) throws Exception {
        Path file = Files.writeString(disk.resolve(name), "text");
        window.press(KeyCode.CONTROL, KeyCode.I);
        window.pick(file.getParent());
        window.select(name);
        window.click("#picker-choose");
        window.await("the document", () -> window.fx(() -> table().getItems().size() == MANY + 1));
        assertTrue(window.shows("#toast-text-0"));
    }

    private void put(String name) {
        client.library()
                .put(
                        folder,
                        name,
                        new byte[] {65},
                        Instant.parse("2026-11-20T08:00:00Z").plusSeconds(second++));
    }

    @SuppressWarnings("unchecked") // it holds nothing else
    private TableView<Entry> table() {
        return window.robot.lookup("#entry-table").queryAs(TableView.class);
    }

    private List<String> selected() {
        return window.fx(() -> table().getSelectionModel().getSelectedItems().stream()
                .map(Entry::name)
                .toList());
    }

    /// Where the row of a document is; below everything if it is not in view.
    private double height(String name) {
        return window.fx(() -> {
            Node row = window.row(name);
            return row == null ? Double.MAX_VALUE : row.localToScene(0, 0).getY();
        });
    }

    /// Within half a row.
    private static boolean near(double one, double other) {
        return Math.abs(one - other) < 21;
    }
}
