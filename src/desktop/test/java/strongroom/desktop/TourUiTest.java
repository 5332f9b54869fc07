package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javafx.application.ColorScheme;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Past;
import strongroom.protocol.Id;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.SearchState;
import strongroom.vault.client.SyncState;
import strongroom.vault.client.WipeNotice;

/// Every screen, light and dark: each is saved as a picture under `target/screenshots`, and walked for controls
/// without an id or a text for screen readers, and for words that are hard to read.
class TourUiTest {
    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void everyControlOfEnrolmentHasAnIdAndAnAccessibleText(ColorScheme scheme) {
        try (Window window = Window.open(new FakeVaultClient(Clock.systemUTC()))) {
            window.fx(() -> {
                window.scheme.set(scheme);
                return true;
            });
            window.await("#enrol-server");
            look(window, "enrol-1-code", scheme);
            window.click("#enrol-server");
            window.type("strongroom.example.org");
            window.click("#enrol-code");
            window.type(FakeVaultClient.CODE);
            window.click("#enrol-inspect");
            window.await("#enrol-confirm");
            look(window, "enrol-2-confirm", scheme);
            window.click("#enrol-confirm");
            window.await("#enrol-pin");
            window.type(Window.PIN);
            window.press(KeyCode.ENTER);
            window.type("4829");
            look(window, "enrol-3-pin", scheme);
            window.type("13");
            window.client.thinking(Duration.ofSeconds(2));
            window.click("#enrol-submit");
            window.await("#enrol-progress");
            look(window, "enrol-4-working", scheme);
            window.await("#enrol-finish");
            look(window, "enrol-5-done", scheme);
            window.click("#enrol-finish");
            window.await("#empty-state");
            look(window, "library-empty", scheme);
        }
    }

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void everyControlOfTheMainScreenHasAnIdAndAnAccessibleText(ColorScheme scheme) {
        try (Window window = Window.locked()) {
            window.fx(() -> {
                window.scheme.set(scheme);
                return true;
            });
            window.await("#pin-field");
            window.type("1112");
            window.press(KeyCode.ENTER);
            window.await("#unlock-message");
            window.type("4829");
            look(window, "locked", scheme);
            window.press(KeyCode.CONTROL, KeyCode.BACK_SPACE);
            window.unlock();
            look(window, "library", scheme);
            window.select("Engagement letter.pdf");
            settle(window, "preview");
            look(window, "library-preview", scheme);
            window.press(KeyCode.ENTER);
            window.await("#page-next");
            settle(window, "page");
            look(window, "viewer-pdf", scheme);
            window.press(KeyCode.ESCAPE);
            open(window, "Meeting notes.md", "#text-lines");
            look(window, "viewer-text", scheme);
            window.press(KeyCode.ESCAPE);
            open(window, "server.log", "#text-lines");
            look(window, "viewer-text-cut", scheme);
            window.press(KeyCode.ESCAPE);
            open(window, "Site photograph.png", "#image-view");
            settle(window, "picture");
            look(window, "viewer-image", scheme);
            window.press(KeyCode.ESCAPE);
            open(window, "Budget.xlsx", "#viewer-none");
            look(window, "viewer-none", scheme);
            window.press(KeyCode.ESCAPE);
        }
    }

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void everyControlOfEveryQuestionHasAnIdAndAnAccessibleText(ColorScheme scheme) {
        try (Window window = Window.unlocked()) {
            window.fx(() -> {
                window.scheme.set(scheme);
                return true;
            });
            window.select("Budget.xlsx");
            window.press(KeyCode.DELETE);
            window.await("#delete-sheet");
            look(window, "question-delete", scheme);
            window.press(KeyCode.ESCAPE);
            window.click("#export-button");
            window.await("#export-sheet");
            look(window, "question-export", scheme);
            window.press(KeyCode.ESCAPE);
            window.click("#move-button");
            window.await("#move-sheet");
            look(window, "question-move", scheme);
            window.press(KeyCode.ESCAPE);
            window.press(KeyCode.F2);
            window.await("#rename-sheet");
            look(window, "question-rename", scheme);
            window.press(KeyCode.ESCAPE);
            window.click("#devices-button");
            window.await("#device-list");
            settle(window, "devices");
            look(window, "devices", scheme);
            window.press(KeyCode.ESCAPE);
            window.press(KeyCode.CONTROL, KeyCode.I);
            window.await("#path-picker");
            settle(window, "picker");
            look(window, "picker", scheme);
            window.press(KeyCode.ESCAPE);
            window.await("the picker to be gone", () -> !window.shows("#path-picker"));
            window.client.go(new ClientState.Unlocked("Ada Byron", Assurance.KEYSTORE, "4831 9027 6588 9566"));
            window.client.go(new SyncState.Offline(3, "The server cannot be reached; changes wait on this laptop."));
            window.await("#approval-banner");
            look(window, "waiting-for-approval", scheme);
            window.client.wipe(new WipeNotice(
                    Id.random(new Random(1)),
                    "Grace Hopper",
                    "Laptop reported stolen, ticket 5512",
                    Instant.parse("2026-11-22T21:00:00Z"),
                    true));
            window.await("#wiped-screen");
            look(window, "wiped", scheme);
        }
    }

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void everyControlOfSearchTrashAndVersionsHasAnIdAndAnAccessibleText(ColorScheme scheme) throws Exception {
        try (Window window = Window.unlocked()) {
            window.fx(() -> {
                window.scheme.set(scheme);
                return true;
            });
            Past.make(window.client.library());
            window.press(KeyCode.CONTROL, KeyCode.F);
            window.type("engine");
            window.await(".hit-mark");
            look(window, "search-snippet", scheme);
            window.press(KeyCode.CONTROL, KeyCode.A);
            window.client.library().search().go(new SearchState(12, 340));
            window.type("e");
            window.await("many", () -> window.count(".hit-name") > 5);
            look(window, "search-many", scheme);
            window.press(KeyCode.CONTROL, KeyCode.A);
            window.type("xylophone");
            window.await("#search-nothing");
            look(window, "search-nothing", scheme);
            window.press(KeyCode.ESCAPE);
            window.select("Meeting notes.md");
            window.click("#versions-button");
            window.await("#versions-table");
            look(window, "versions", scheme);
            window.press(KeyCode.ENTER);
            window.await("#viewer-version");
            window.await("#text-lines");
            look(window, "viewer-version", scheme);
            window.press(KeyCode.ESCAPE);
            window.select("Budget.xlsx");
            window.click("#versions-button");
            window.await("#versions-nothing");
            look(window, "versions-none", scheme);
            window.press(KeyCode.ESCAPE);
            window.select("Budget.xlsx");
            window.press(KeyCode.DELETE);
            window.click("#delete-confirm");
            window.await("#toast-offer-0");
            look(window, "undo", scheme);
            window.click("#trash-button");
            window.select("Board papers");
            look(window, "trash", scheme);
            window.press(KeyCode.DELETE);
            window.await("#purge-sheet");
            look(window, "question-purge", scheme);
            window.press(KeyCode.ESCAPE);
            window.click("#trash-empty");
            window.await("#empty-trash-sheet");
            look(window, "question-empty-trash", scheme);
            window.click("#purge-confirm");
            window.await("#trash-nothing");
            look(window, "trash-empty", scheme);
        }
    }

    private static void open(Window window, String name, String awaited) {
        window.openDocument(name);
        window.await(awaited);
    }

    private static void look(Window window, String name, ColorScheme scheme) {
        window.robot.sleep(250);
        window.shot(name + (scheme == ColorScheme.DARK ? "-dark" : "-light"));
        List<String> faults = window.fx(() -> javafx.stage.Window.getWindows().stream()
                .filter(shown -> shown instanceof Stage)
                .map(shown -> shown.getScene().getRoot())
                .flatMap(root -> Stream.concat(Accessible.faults(root).stream(), Legible.faults(root).stream()))
                .toList());
        assertEquals(List.of(), faults, "on the screen " + name);
    }

    /// Pictures are drawn in the background; a picture of the screen waits for them.
    private static void settle(Window window, String what) {
        window.await(
                what + " to be drawn",
                () -> !window.shows("#preview-progress")
                        && !window.shows("#viewer-progress")
                        && !window.shows("#pdf-progress"));
        window.robot.sleep(600);
    }
}
