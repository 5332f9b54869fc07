package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.vault.client.LockReason;

/// Light and dark, as one sees them.
class ThemeUiTest {
    @TempDir
    private Path home;

    @Test
    void whatTheUserChoseIsThereAtTheNextStart() {
        try (Window window = open()) {
            window.unlock();
            window.click("#theme-button");
            window.await("the dark window", () -> brightness(window) < 0.3);
            window.await("the choice to be kept", () -> Files.exists(state()));
        }

        try (Window window = open()) {
            window.await("#pin-field");
            window.await("the dark window", () -> brightness(window) < 0.3);
        }
    }

    @Test
    void aChangeOfTheDesktopIsFollowedAtOnce() {
        try (Window window = open()) {
            window.await("#pin-field");
            window.await("the light window", () -> brightness(window) > 0.7);

            window.fx(() -> {
                window.scheme.set(ColorScheme.DARK);
                return true;
            });

            window.await("the dark window", () -> brightness(window) < 0.3);
            assertEquals(ColorScheme.DARK, window.theme().shown());
        }
    }

    @Test
    void aChangeOfTheThemeInARunningDesktopReachesTheOpenWindow() throws Exception {
        try (Xsettings desktop = Xsettings.start(home.resolve("xsettings"), "Adwaita");
                Window window = open()) {
            window.await("#pin-field");
            window.fx(() -> {
                window.scheme.bind(Platform.getPreferences().colorSchemeProperty());
                return true;
            });
            window.await("the light window", () -> brightness(window) > 0.7);

            desktop.theme("HighContrastInverse");
            window.await("the dark window", () -> brightness(window) < 0.3);

            desktop.theme("Adwaita");
            window.await("the light window", () -> brightness(window) > 0.7);
        }
    }

    private Window open() {
        Clock clock = Clock.systemUTC();
        FakeVaultClient client = FakeVaultClient.locked(clock, Window.PIN, LockReason.STARTED);
        Samples.fill(client.library(), clock.instant());
        return Window.open(client, state());
    }

    private Path state() {
        return home.resolve("window.state");
    }

    private static boolean isScreen(Node node) {
        return node.getStyleClass().contains("front-screen")
                || node.getStyleClass().contains("library");
    }

    /// Of the lock screen or the main screen.
    private static double brightness(Window window) {
        return window.fx(() -> window.robot.lookup(ThemeUiTest::isScreen).queryAllAs(Region.class).stream()
                .map(Region::getBackground)
                .filter(background -> background != null)
                .map(background -> background.getFills().getLast().getFill())
                .filter(Color.class::isInstance)
                .mapToDouble(fill -> ((Color) fill).getBrightness())
                .average()
                .orElse(0.5));
    }
}
