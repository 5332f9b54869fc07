package strongroom.desktop;

import java.time.Clock;
import java.time.ZoneId;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.app.FaultWindow;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.VaultClient;

/// Starts the window: `--home DIR` picks the client's folder, `--tpm ADDRESS` a TPM.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Decoders of pictures and PDF use parts of AWT; none of them may open windows or look at the screen.
        System.setProperty("java.awt.headless", "true");
        // A class of its own: the launcher of Java refuses an Application as main class outside a module path.
        Application.launch(Program.class, arguments);
    }

    /// Started by JavaFX.
    public static final class Program extends Application {
        private @Nullable Composition composition;

        /// Called by JavaFX.
        public Program() {}

        @Override
        public void start(Stage stage) {
            try {
                Options options = Options.of(getParameters().getRaw());
                VaultClient client = Clients.CORE.open(options.home(), options.tpm());
                composition = new Composition(stage, () -> client, Clock.system(ZoneId.systemDefault()));
                composition.start();
            } catch (ClientException e) {
                new FaultWindow(stage, Platform.getPreferences().colorSchemeProperty())
                        .open(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void stop() {
            if (composition != null) {
                composition.close();
            }
        }
    }
}
