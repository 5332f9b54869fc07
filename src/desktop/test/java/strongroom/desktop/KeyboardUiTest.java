package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.application.ColorScheme;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Control;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Past;

/// Every screen without a mouse: Tab reaches whatever can be used, and one sees where one is.
class KeyboardUiTest {
    /// More than any screen has.
    private static final int MOST = 80;

    /// In pixels: less than that nobody sees.
    private static final int LEAST_DIFFERENCE = 40;

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void tabReachesEveryControlOfEnrolmentVisibly(ColorScheme scheme) {
        try (Window window = Window.open(new FakeVaultClient(Clock.systemUTC()))) {
            show(window, scheme);
            window.await("#enrol-server");
            walk(window, "enrol code");
            window.click("#enrol-server");
            window.type("strongroom.example.org");
            window.click("#enrol-code");
            window.type(FakeVaultClient.CODE);
            window.click("#enrol-inspect");
            window.await("#enrol-confirm");
            walk(window, "enrol confirm");
            window.click("#enrol-confirm");
            window.await("#enrol-pin");
            window.type(Window.PIN);
            window.press(KeyCode.ENTER);
            window.type(Window.PIN);
            walk(window, "enrol PIN");
        }
    }

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void tabReachesEveryControlOfTheLockScreenVisibly(ColorScheme scheme) {
        try (Window window = Window.locked()) {
            show(window, scheme);
            window.await("#pin-field");
            window.fx(() -> {
                window.model().waiting().add(List.of(Path.of("Letter.txt")));
                return true;
            });
            window.await("#unlock-waiting");
            window.type("1");
            walk(window, "lock screen");
        }
    }

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void tabReachesEveryControlOfTheMainScreenVisibly(ColorScheme scheme) {
        try (Window window = Window.unlocked()) {
            show(window, scheme);
            window.select("Engagement letter.pdf");
            window.await("the preview", () -> !window.shows("#preview-progress"));
            walk(window, "main screen");
            window.select("Engagement letter.pdf");
            window.press(KeyCode.ENTER);
            window.await("#page-next");
            walk(window, "PDF");
            window.press(KeyCode.ESCAPE);
            window.openDocument("Meeting notes.md");
            window.await("#text-lines");
            walk(window, "text");
            window.press(KeyCode.ESCAPE);
            window.openDocument("Site photograph.png");
            window.await("#image-view");
            walk(window, "picture");
        }
    }

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void tabReachesEveryControlOfSearchTrashAndVersionsVisibly(ColorScheme scheme) throws Exception {
        try (Window window = Window.unlocked()) {
            show(window, scheme);
            Past.make(window.client.library());
            window.press(KeyCode.CONTROL, KeyCode.F);
            window.type("engine");
            window.await(".hit-mark");
            walk(window, "search");
            window.press(KeyCode.CONTROL, KeyCode.F);
            window.press(KeyCode.ESCAPE);
            window.select("Meeting notes.md");
            question(window, "#versions-button", "#versions-table");
            window.select("Meeting notes.md");
            window.click("#versions-button");
            window.await("#versions-table");
            window.click("#version-open");
            window.await("#text-lines");
            walk(window, "version");
            window.press(KeyCode.ESCAPE);
            window.click("#trash-button");
            window.select("Board papers");
            walk(window, "trash");
            question(window, "#trash-purge", "#purge-sheet");
            question(window, "#trash-empty", "#empty-trash-sheet");
        }
    }

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void tabReachesEveryControlOfEveryQuestionVisibly(ColorScheme scheme) {
        try (Window window = Window.unlocked()) {
            show(window, scheme);
            window.select("Budget.xlsx");
            question(window, "#export-button", "#export-sheet");
            question(window, "#move-button", "#move-sheet");
            question(window, "#rename-button", "#rename-sheet");
            question(window, "#delete-button", "#delete-sheet");
            question(window, "#new-folder-button", "#new-folder-sheet");
            question(window, "#devices-button", "#device-list");
            question(window, "#recovery-button", "#recovery-sheet");
        }
    }

    private static void question(Window window, String button, String sheet) {
        window.click(button);
        window.await(sheet);
        window.await("its answer", () -> !window.shows("#devices-progress"));
        walk(window, sheet);
        window.press(KeyCode.ESCAPE);
    }

    /// Tabs once around and looks at each control with the focus and right after it.
    private static void walk(Window window, String screen) {
        // Hovering changes looks, too.
        window.robot.moveTo(window.stage().getX() + window.stage().getWidth() + 60, 5);
        Set<String> missed = window.fx(() -> usable(window.stage().getScene()));
        Set<String> alike = new TreeSet<>();
        // Where the pointer or the screen put the focus it need not be shown.
        window.press(KeyCode.TAB);
        for (int i = 0; i < MOST && !missed.isEmpty(); i++) {
            Node owner = window.fx(() -> window.stage().getScene().getFocusOwner());
            WritableImage with = window.fx(() -> picture(owner));
            window.press(KeyCode.TAB);
            if (window.fx(() -> owner.isFocused())) {
                throw new AssertionError("Tab does not leave " + owner + ": " + screen);
            }
            if (difference(with, window.fx(() -> picture(owner))) < LEAST_DIFFERENCE) {
                alike.add(String.valueOf(owner.getId()));
            }
            missed.remove(String.valueOf(owner.getId()));
        }
        assertEquals(Set.of(), missed, "not reached by Tab: " + screen);
        assertEquals(Set.of(), alike, "the focus is not seen: " + screen);
    }

    /// A control with its rim: a ring of the focus may be outside of it.
    private static WritableImage picture(Node node) {
        Bounds at = node.localToScene(node.getLayoutBounds());
        var parameters = new SnapshotParameters();
        parameters.setViewport(
                new Rectangle2D(at.getMinX() - 4, at.getMinY() - 4, at.getWidth() + 8, at.getHeight() + 8));
        return node.getScene().getRoot().snapshot(parameters, null);
    }

    private static int difference(WritableImage one, WritableImage other) {
        if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
            return Integer.MAX_VALUE;
        }
        int count = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                if (one.getPixelReader().getArgb(x, y) != other.getPixelReader().getArgb(x, y)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static Set<String> usable(Scene scene) {
        Set<String> found = new TreeSet<>();
        collect(scene.getRoot(), found);
        return found;
    }

    private static void collect(Node node, Set<String> found) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node instanceof Control && node.isFocusTraversable() && node.getId() != null) {
            found.add(node.getId());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }

    private static void show(Window window, ColorScheme scheme) {
        window.fx(() -> {
            window.scheme.set(scheme);
            return true;
        });
    }
}
