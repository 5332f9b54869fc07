package strongroom.desktop;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.app.ThemeChoice;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.desktop.library.Place;
import strongroom.desktop.succession.Succession;
import strongroom.protocol.Id;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.SyncState;
import strongroom.vault.client.WipeNotice;

/// Shows the window with a client in memory, to be looked at: `enrol`, `locked` (PIN 482913) or `wiped`; `dark`.
public final class DesktopPreview {
    private DesktopPreview() {}

    public static void main(String[] arguments) {
        Application.launch(Preview.class, arguments);
    }

    /// Started by JavaFX.
    public static final class Preview extends Application {
        private @Nullable Composition composition;

        @Override
        public void start(Stage stage) {
            List<String> arguments = getParameters().getRaw();
            Clock clock = Clock.system(ZoneId.systemDefault());
            FakeVaultClient client = arguments.contains("enrol")
                    ? new FakeVaultClient(clock)
                    : FakeVaultClient.locked(clock, "482913", LockReason.FOCUS_LOST);
            if (!arguments.contains("empty")) {
                Samples.fill(client.library(), clock.instant());
            }
            client.autoLock(!arguments.contains("stay"));
            client.go(new SyncState.UpToDate(clock.instant()));
            if (arguments.contains("wiped")) {
                client.wipe(new WipeNotice(
                        Id.random(new Random(1)),
                        "Grace Hopper",
                        "Laptop reported stolen, ticket 5512",
                        Instant.now(clock),
                        true));
            }
            var scheme = new SimpleObjectProperty<>(arguments.contains("dark") ? ColorScheme.DARK : ColorScheme.LIGHT);
            composition = new Composition(
                    stage,
                    client,
                    clock,
                    new ThemeChoice(Path.of("target", "preview.state")),
                    scheme,
                    new Place(),
                    Succession.NONE);
            composition.start();
        }

        @Override
        public void stop() {
            if (composition != null) {
                composition.close();
            }
        }
    }
}
