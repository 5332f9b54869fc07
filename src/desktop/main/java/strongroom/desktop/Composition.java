package strongroom.desktop;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.stage.Stage;
import strongroom.desktop.app.AppViewModel;
import strongroom.desktop.app.MainWindow;
import strongroom.desktop.app.Theme;
import strongroom.desktop.app.ThemeChoice;
import strongroom.desktop.clipboard.CopiedText;
import strongroom.desktop.focus.FocusWatch;
import strongroom.desktop.picker.PathPicker;
import strongroom.desktop.work.Work;
import strongroom.vault.client.VaultClient;

/// Builds the parts of the window in order and closes them in reverse. On the thread of the window.
public final class Composition implements AutoCloseable {
    private final VaultClient client;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final FocusWatch focus;
    private final AppViewModel model;
    private final MainWindow window;
    private final Theme theme;
    private final CopiedText copied = new CopiedText(Composition::later);

    /// @param client opened by the caller, closed with this @param choice light or dark, as chosen before
    public Composition(Stage stage, VaultClient client, Clock clock, ThemeChoice choice) {
        this(stage, client, clock, choice, Platform.getPreferences().colorSchemeProperty());
    }

    Composition(
            Stage stage, VaultClient client, Clock clock, ThemeChoice choice, ObservableValue<ColorScheme> desktop) {
        this.client = client;
        var work = new Work(background, Platform::runLater, Composition::later);
        focus = new FocusWatch(stage, client::signal);
        theme = new Theme(desktop, choice.chosen(), chosen -> {
            choice.choose(chosen);
            background.execute(choice::save);
        });
        model = new AppViewModel(client, work, clock, focus.insideProperty());
        model.stateProperty().addListener((_, _, now) -> copied.follow(now));
        var picker = new PathPicker(work.scope(), clock, Path.of(System.getProperty("user.home")));
        window = new MainWindow(stage, model, theme, picker, copied);
    }

    /// Shows the window.
    public void start() {
        window.open();
        model.start();
    }

    /// What the window shows.
    AppViewModel model() {
        return model;
    }

    /// Light or dark.
    Theme theme() {
        return theme;
    }

    @Override
    public void close() {
        copied.close();
        window.close();
        model.close();
        focus.close();
        background.shutdownNow();
        client.close();
    }

    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Platform.runLater(task));
    }
}
