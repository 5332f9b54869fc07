package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;

/// The main job, by mouse and keyboard: enrol, import, open, organise.
class JourneyUiTest {
    private final Window window = Window.open(new FakeVaultClient(Clock.systemUTC()));

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aNewcomerEnrolsImportsAFolderAndOpensEachKindOfDocument(@TempDir Path disk) throws Exception {
        Path papers = Files.createDirectories(disk.resolve("Papers"));
        Files.writeString(papers.resolve("letter.txt"), "Dear Ada,\nthe engine is ready.\n", StandardCharsets.UTF_8);
        Files.write(papers.resolve("photo.png"), Samples.picture(400, 300));
        Files.write(papers.resolve("contract.pdf"), Samples.pdf("Contract", 3));

        enrol();
        importFolder(papers);

        window.openDocument("Papers");
        window.openDocument("letter.txt");
        window.await("the first line", () -> window.row("Dear Ada,") != null || line("Dear Ada,"));
        window.press(KeyCode.ESCAPE);
        window.openDocument("photo.png");
        window.await("the picture", () -> picture("#image-view"));
        window.press(KeyCode.ESCAPE);
        window.openDocument("contract.pdf");
        window.await("the page", () -> picture("#pdf-page"));
        assertEquals("1 of 3", window.text("#page-number"));
        window.press(KeyCode.PAGE_DOWN);
        window.await("the next page", () -> window.text("#page-number").equals("2 of 3"));
        window.click("#document-back");
        window.await("#entry-table");
    }

    @Test
    void foldersAreMadeDocumentsRenamedMovedExportedAndDeleted(@TempDir Path disk) throws Exception {
        Files.writeString(disk.resolve("plan.txt"), "the plan");
        enrol();
        importFile(disk, "plan.txt");

        window.click("#new-folder-button");
        window.await("#name-field");
        window.type("archive");
        window.press(KeyCode.ENTER);
        window.await("the folder", () -> window.row("archive") != null);

        window.select("plan.txt");
        window.press(KeyCode.F2);
        window.await("#name-field");
        window.type("old plan");
        window.press(KeyCode.ENTER);
        window.await("the new name", () -> window.row("old plan.txt") != null);

        window.select("old plan.txt");
        window.click("#export-button");
        window.click("#export-confirm");
        window.pick(disk);
        window.click("#picker-choose");
        window.await("the copy", () -> Files.exists(disk.resolve("old plan.txt")));

        window.select("old plan.txt");
        window.click("#move-button");
        window.await("#move-tree");
        window.press(KeyCode.DOWN);
        window.click("#move-confirm");
        window.await("it to be gone", () -> window.row("old plan.txt") == null);
        window.openDocument("archive");
        window.await("it to be there", () -> window.row("old plan.txt") != null);

        window.select("old plan.txt");
        window.press(KeyCode.DELETE);
        window.click("#delete-confirm");
        window.await("#empty-state");
    }

    @Test
    void aWrongCodeAndAnUnreachableServerAreSaidAndNothingIsLost() {
        fill("#enrol-server", "https://nowhere.example.org");
        fill("#enrol-code", "wrong");
        window.click("#enrol-inspect");
        window.await("the message", () -> window.text("#enrol-message").contains("cannot be reached"));

        fill("#enrol-server", "https://strongroom.example.org");
        window.click("#enrol-inspect");
        window.await("the message", () -> window.text("#enrol-message").contains("mistyped"));
    }

    private void enrol() {
        fill("#enrol-server", "strongroom.example.org:8443");
        fill("#enrol-code", FakeVaultClient.CODE);
        window.click("#enrol-inspect");
        window.await("#enrol-organisation");
        assertEquals("Lovelace & Partners", window.text("#enrol-organisation"));
        assertEquals("Ada Byron", window.text("#enrol-person"));
        window.click("#enrol-confirm");
        window.click("#enrol-pin");
        window.type(Window.PIN);
        window.press(KeyCode.ENTER);
        window.type(Window.PIN);
        fill("#enrol-device-name", "ada-laptop");
        window.click("#enrol-submit");
        window.click("#enrol-finish");
        window.await("#library-screen");
        window.await("#empty-state");
    }

    private void importFolder(Path folder) {
        window.click("#import-button");
        window.click("#import-folder");
        window.pick(folder);
        window.click("#picker-choose");
        window.await("the folder", () -> window.row(String.valueOf(folder.getFileName())) != null);
    }

    private void importFile(Path folder, String name) {
        window.press(KeyCode.CONTROL, KeyCode.I);
        window.pick(folder);
        window.select(name);
        window.click("#picker-choose");
        window.await("the document", () -> !window.shows("#path-picker") && window.row(name) != null);
    }

    private void fill(String id, String text) {
        window.click(id);
        window.fx(() -> {
            TextInputControl field = window.robot.lookup(id).queryAs(TextInputControl.class);
            field.setText(text);
            return true;
        });
        assertTrue(window.shows(id));
    }

    private boolean line(String text) {
        return window.robot
                .lookup(node -> node instanceof javafx.scene.control.ListCell<?> cell && text.equals(cell.getText()))
                .tryQuery()
                .isPresent();
    }

    private boolean picture(String id) {
        return window.shows(id)
                && window.fx(
                        () -> window.robot.lookup(id).queryAs(ImageView.class).getImage() != null);
    }
}
