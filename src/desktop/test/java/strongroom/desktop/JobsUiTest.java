package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.client.LockReason;

/// Long jobs: shown, stopped, told about.
class JobsUiTest {
    private final Window window = Window.unlocked();

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aLongImportShowsHowFarItIsAndCanBeStopped(@TempDir Path disk) throws Exception {
        window.client.library().perFile(Duration.ofMillis(300));
        importFolder(folder(disk, 60));
        window.await("#job-detail-0");
        window.await("progress", () -> window.text("#job-detail-0").contains(" of 60"));
        window.shot("job-light");

        window.click("#job-stop-0");

        window.await("#toast-text-0");
        assertTrue(
                window.text("#toast-text-0")
                        .matches("Import stopped\\. \\d+ documents? (was|were) added and stays?\\."),
                window.text("#toast-text-0"));
        assertTrue(!window.shows("#job-stop-0"));
    }

    @Test
    void aThousandFilesAreCountedAndTheWindowStaysAlive(@TempDir Path disk, TestReporter reporter) throws Exception {
        window.client.library().perFile(Duration.ofMillis(5));
        importFolder(folder(disk, 1000));
        window.await("#job-detail-0");
        try (var liveliness = new Liveliness()) {
            window.await("the total", () -> window.text("#job-detail-0").endsWith(" of 1,000"));
            window.await("the end", () -> window.shows("#toast-text-0"));
            reporter.publishEntry("import of 1,000 files", liveliness.report());
        }

        assertEquals("1,000 documents were added", window.text("#toast-text-0"));
        window.openDocument("Papers");
        window.await("all of them", () -> rows() == 1000);
    }

    @Test
    void whatWasFinishedBeforeAStopIsThere(@TempDir Path disk) throws Exception {
        window.client.library().perFile(Duration.ofMillis(20));
        importFolder(folder(disk, 1000));
        window.await("a hundred", () -> window.text("#job-detail-0").matches("[1-9]\\d\\d of 1,000"));

        window.click("#job-stop-0");

        window.await("#toast-text-0");
        int kept = Integer.parseInt(window.text("#toast-text-0").replaceAll("\\D", ""));
        assertTrue(kept >= 100 && kept < 1000, String.valueOf(kept));
        window.openDocument("Papers");
        window.await("what was finished", () -> rows() == kept);
    }

    @Test
    void aLockEndsALongImportAndItsStrip(@TempDir Path disk) throws Exception {
        window.client.library().perFile(Duration.ofMillis(300));
        importFolder(folder(disk, 60));
        window.await("#job-detail-0");

        window.client.lock(LockReason.IDLE);

        window.await("#unlock-screen");
        assertTrue(!window.robot.lookup("#job-detail-0").tryQuery().isPresent());
    }

    @Test
    void whatWasSkippedIsListed(@TempDir Path disk) throws Exception {
        Path folder = folder(disk, 2);
        Files.createSymbolicLink(folder.resolve("gone.txt"), disk.resolve("nowhere"));

        importFolder(folder);

        window.await("#toast-details-0");
        window.shot("toast-partly-light");
        window.click("#toast-details-0");
        window.await("#details-list");
        window.shot("toast-details-light");
        assertEquals(
                List.of(),
                window.fx(() -> Accessible.faults(window.stage().getScene().getRoot())));
    }

    @Test
    void aDoubleClickOpens() {
        window.doubleClick("Meeting notes.md");

        window.await("#text-lines");
        window.click("#document-back");
        window.await("#entry-table");
    }

    private static Path folder(Path disk, int files) throws Exception {
        Path folder = Files.createDirectories(disk.resolve("Papers"));
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve("paper " + i + ".txt"), "text " + i);
        }
        return folder;
    }

    private int rows() {
        return window.fx(() -> window.robot
                .lookup("#entry-table")
                .queryAs(TableView.class)
                .getItems()
                .size());
    }

    private void importFolder(Path folder) {
        window.click("#import-button");
        window.click("#import-folder");
        window.pick(folder);
        window.click("#picker-choose");
    }
}
