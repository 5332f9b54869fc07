package strongroom.desktop;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.app.FaultWindow;
import strongroom.desktop.app.ThemeChoice;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;

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
        private CompletableFuture<Opened> opening = new CompletableFuture<>();
        private @Nullable Composition composition;

        /// Called by JavaFX.
        public Program() {}

        @Override
        public void init() {
            // Opening the home and starting the toolkit take their time side by side.
            List<String> arguments = getParameters().getRaw();
            opening = CompletableFuture.supplyAsync(() -> open(arguments));
        }

        @Override
        public void start(Stage stage) {
            // A home that must first finish a wipe takes seconds, which are not the window's thread's to spend.
            Platform.setImplicitExit(false);
            var unused = opening.thenAccept(opened -> Platform.runLater(() -> show(stage, opened)));
        }

        @Override
        public void stop() {
            if (composition != null) {
                composition.close();
            }
        }

        private void show(Stage stage, Opened opened) {
            Platform.setImplicitExit(true);
            VaultClient client = opened.client;
            if (client == null || opened.choice == null) {
                new FaultWindow(stage, Platform.getPreferences().colorSchemeProperty()).open(opened.refusal);
            } else {
                composition = new Composition(stage, client, Clock.system(ZoneId.systemDefault()), opened.choice);
                composition.start();
            }
        }

        private static Opened open(List<String> arguments) {
            try {
                Options options = Options.of(arguments);
                VaultClient client = VaultClients.open(options.home(), options.tpm());
                return new Opened(client, new ThemeChoice(VaultClients.windowState(options.home())), "");
            } catch (ClientException e) {
                return new Opened(null, null, String.valueOf(e.getMessage()));
            }
        }

        /// @param client null if it was refused @param choice light or dark @param refusal why
        private record Opened(
                @Nullable VaultClient client, @Nullable ThemeChoice choice, String refusal) {}
    }
}
