package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.util.List;
import javafx.application.ColorScheme;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.Entry;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.SyncState;

/// The smallest window with the longest names: whatever can be pressed is in sight or can be scrolled to.
class SizesUiTest {
    private static final String LONG = "Minutes of the ordinary general meeting of 14 November 2026 with all annexes,"
            + " powers of attorney and the corrected list of those present (final version).pdf";

    private final FakeVaultClient client = FakeVaultClient.locked(Clock.systemUTC(), Window.PIN, LockReason.STARTED);
    private final Window window = Window.open(client);

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void nothingIsPushedOutOfTheSmallestWindowByALongName() throws Exception {
        client.library().open();
        Entry root = client.library().root();
        Samples.fill(client.library(), Clock.systemUTC().instant());
        client.library().put(root.id(), LONG, Samples.pdf("Minutes", 1), root.added());
        Entry deep = root;
        for (int i = 0; i < 6; i++) {
            deep = client.library().makeFolder(deep.id(), "Folder " + i + " with a name that says a great deal");
        }
        window.unlock();
        window.fx(() -> {
            window.stage().setWidth(window.stage().getMinWidth());
            window.stage().setHeight(window.stage().getMinHeight());
            return true;
        });
        client.go(new ClientState.Unlocked("Maximiliane von Hohenstein-Sonnenberg", Assurance.KEYSTORE, null));
        client.go(new SyncState.Offline(12, "The server cannot be reached."));
        window.await(
                "the small window",
                () -> window.fx(() -> window.stage().getWidth() < window.stage().getMinWidth() + 1));
        look("list-small");
        window.select(LONG);
        window.await("the preview", () -> !window.shows("#preview-progress"));
        look("details-small");
        window.press(KeyCode.ENTER);
        window.await("#page-next");
        look("viewer-small");
        window.press(KeyCode.ESCAPE);
        for (int i = 0; i < 6; i++) {
            window.openDocument("Folder " + i + " with a name that says a great deal");
        }
        window.await("#empty-state");
        look("deep-small");
        window.click("#all-documents");
        window.await("the list", () -> window.row("Budget.xlsx") != null);
        window.press(KeyCode.CONTROL, KeyCode.F);
        window.type("e");
        window.await("hits", () -> window.count(".hit-name") > 3);
        look("search-small");
        window.press(KeyCode.ESCAPE);
        client.library()
                .remove(client.library()
                        .find("Folder 0 with a name that says a great deal")
                        .id());
        window.click("#trash-button");
        window.await("the trash", () -> window.count(".name-cell") > 0);
        look("trash-small");
        window.click("#all-documents");
        window.await("the list", () -> window.row("Budget.xlsx") != null);
        for (ColorScheme scheme : ColorScheme.values()) {
            size(window.stage().getMinWidth(), window.stage().getMinHeight(), scheme);
            look("list-small-" + scheme);
            size(1560, 940, scheme);
            window.select(LONG);
            window.await("the preview", () -> !window.shows("#preview-progress"));
            look("list-large-" + scheme);
        }
    }

    private void size(double width, double height, ColorScheme scheme) {
        window.fx(() -> {
            window.scheme.set(scheme);
            window.stage().setWidth(width);
            window.stage().setHeight(height);
            return true;
        });
        window.await("the size", () -> window.fx(() -> Math.abs(window.stage().getWidth() - width) < 1));
    }

    private void look(String name) {
        window.shot(name);
        assertEquals(List.of(), window.fx(this::outside), name);
    }

    private List<String> outside() {
        Scene scene = window.stage().getScene();
        return window
                .robot
                .lookup((Node node) -> node instanceof ButtonBase && node.getId() != null && shown(node))
                .queryAll()
                .stream()
                .filter(node -> !inside(node, scene))
                .map(node -> node.getId() + " at " + node.localToScene(node.getLayoutBounds()))
                .toList();
    }

    private static boolean inside(Node node, Scene scene) {
        Bounds at = node.localToScene(node.getLayoutBounds());
        return at.getMinX() >= 0
                && at.getMinY() >= 0
                && at.getMaxX() <= scene.getWidth()
                && at.getMaxY() <= scene.getHeight();
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            // What is in a pane that scrolls can be reached.
            if (!at.isVisible() || at.getStyleClass().contains("details-scroll")) {
                return false;
            }
        }
        return true;
    }
}
