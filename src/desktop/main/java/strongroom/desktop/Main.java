package strongroom.desktop;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.app.FaultWindow;
import strongroom.desktop.app.Rehearsal;
import strongroom.desktop.app.ThemeChoice;
import strongroom.desktop.succession.Handover;
import strongroom.desktop.succession.NextProcess;
import strongroom.desktop.succession.Predecessor;
import strongroom.desktop.succession.Succession;
import strongroom.desktop.succession.WindowProgram;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientLog;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.Problem;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;
import strongroom.vault.platform.ProcessHardening;

/// Starts the window: `--home DIR` picks the client's folder, `--tpm ADDRESS` a TPM. With `--successor` it waits
/// to come after a window that is locked.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        ProcessHardening.apply();
        // A desktop keeps what its programs say: warnings of ours, and nothing of the libraries.
        ClientLog.configure();
        // Decoders of pictures and PDF use parts of AWT; none of them may open windows or look at the screen.
        System.setProperty("java.awt.headless", "true");
        // A class of its own: the launcher of Java refuses an Application as main class outside a module path.
        Application.launch(Program.class, arguments);
    }

    /// Started by JavaFX.
    public static final class Program extends Application {
        /// A command that has the home open for a moment does not keep the lock screen away.
        private static final int OPENINGS = 50;

        private static final Duration REHEARSAL_ENDS = Duration.ofSeconds(2);
        private static final Duration BETWEEN_OPENINGS = Duration.ofMillis(100);

        private CompletableFuture<Opened> opening = new CompletableFuture<>();
        private Succession succession = Succession.NONE;
        private @Nullable Predecessor predecessor;
        private @Nullable Composition composition;

        /// Called by JavaFX.
        public Program() {}

        @Override
        public void init() {
            List<String> arguments = getParameters().getRaw();
            succession =
                    new NextProcess(WindowProgram.successor(Main.class.getName(), arguments), () -> Runtime.getRuntime()
                            .halt(0));
            if (arguments.contains(WindowProgram.WAITING)) {
                predecessor = Predecessor.onStandardStreams();
            } else {
                // Opening the home and starting the toolkit take their time side by side.
                opening = CompletableFuture.supplyAsync(() -> open(arguments, LockReason.STARTED));
            }
        }

        @Override
        public void start(Stage stage) {
            // A home that must first finish a wipe takes seconds, which are not the window's thread's to spend.
            Platform.setImplicitExit(false);
            Predecessor before = predecessor;
            if (before == null) {
                var unused = opening.thenAccept(opened -> Platform.runLater(() -> show(stage, opened)));
            } else {
                var light = Platform.getPreferences().colorSchemeProperty();
                Rehearsal.play(light);
                Thread.ofPlatform().daemon().name("predecessor").start(() -> waitFor(before, stage, light));
            }
        }

        @Override
        public void stop() {
            if (composition != null) {
                composition.close();
            }
        }

        private void waitFor(Predecessor before, Stage stage, ObservableValue<ColorScheme> light) {
            Thread rehearsal = Thread.ofPlatform().daemon().name("rehearsal").unstarted(() -> rehearse(light));
            try {
                before.ready();
                rehearsal.start();
                Optional<Handover> handover = before.await();
                rehearsal.interrupt();
                if (handover.isPresent()) {
                    Opened opened =
                            open(getParameters().getRaw(), handover.get().reason());
                    Platform.runLater(() -> follow(stage, opened, handover.get(), before));
                    return;
                }
            } catch (IOException expected) {
                // It is gone; so is the reason to wait.
            }
            end(rehearsal);
            Platform.exit();
        }

        /// It removes its folder.
        private static void end(Thread rehearsal) {
            rehearsal.interrupt();
            try {
                rehearsal.join(REHEARSAL_ENDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void rehearse(ObservableValue<ColorScheme> light) {
            VaultClients.warmUp();
            if (DressRehearsal.play(light, Platform::runLater)) {
                // What it took is given back to the system: this process may wait for hours.
                System.gc();
            }
        }

        private void follow(Stage stage, Opened opened, Handover before, Predecessor predecessor) {
            VaultClient client = opened.client;
            if (client == null || opened.choice == null) {
                before.frame().place(stage);
                show(stage, opened);
                predecessor.shown();
                return;
            }
            Platform.setImplicitExit(true);
            Clock clock = Clock.system(ZoneId.systemDefault());
            composition =
                    Composition.after(before, stage, client, clock, opened.choice, succession, predecessor::shown);
        }

        private void show(Stage stage, Opened opened) {
            Platform.setImplicitExit(true);
            VaultClient client = opened.client;
            if (client == null || opened.choice == null) {
                new FaultWindow(stage, Platform.getPreferences().colorSchemeProperty()).open(opened.refusal);
            } else {
                Clock clock = Clock.system(ZoneId.systemDefault());
                composition = new Composition(stage, client, clock, opened.choice, succession);
                composition.start();
            }
        }

        private static Opened open(List<String> arguments, LockReason reason) {
            try {
                Options options = Options.of(arguments);
                VaultClient client = open(options, reason);
                return new Opened(client, new ThemeChoice(VaultClients.windowState(options.home())), "");
            } catch (ClientException e) {
                return new Opened(null, null, String.valueOf(e.getMessage()));
            }
        }

        private static VaultClient open(Options options, LockReason reason) throws ClientException {
            for (int opening = 1; ; opening++) {
                try {
                    return VaultClients.open(options.home(), options.tpm(), reason);
                } catch (ClientException e) {
                    if (e.problem() != Problem.HOME_IN_USE || reason == LockReason.STARTED || opening == OPENINGS) {
                        throw e;
                    }
                    pause(e);
                }
            }
        }

        private static void pause(ClientException before) throws ClientException {
            try {
                Thread.sleep(BETWEEN_OPENINGS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw before;
            }
        }

        /// @param client null if it was refused @param choice light or dark @param refusal why
        private record Opened(
                @Nullable VaultClient client, @Nullable ThemeChoice choice, String refusal) {}
    }
}
