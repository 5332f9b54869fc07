package strongroom.desktop;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.stage.Stage;
import strongroom.desktop.app.AfterLock;
import strongroom.desktop.app.AppViewModel;
import strongroom.desktop.app.MainWindow;
import strongroom.desktop.app.Theme;
import strongroom.desktop.app.ThemeChoice;
import strongroom.desktop.clipboard.CopiedText;
import strongroom.desktop.focus.FocusWatch;
import strongroom.desktop.library.Place;
import strongroom.desktop.picker.PathPicker;
import strongroom.desktop.succession.Drawn;
import strongroom.desktop.succession.Frame;
import strongroom.desktop.succession.Handover;
import strongroom.desktop.succession.Succession;
import strongroom.desktop.succession.Unobtrusive;
import strongroom.desktop.work.Work;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.VaultClient;

/// Builds the parts of the window in order and closes them in reverse. On the thread of the window.
public final class Composition implements AutoCloseable {
    private static final Duration AFTER_THE_FIRST_ROWS = Duration.ofSeconds(1);
    private static final Duration CLOSES_WITHIN = Duration.ofMillis(300);

    private final VaultClient client;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final FocusWatch focus;
    private final AppViewModel model;
    private final MainWindow window;
    private final Theme theme;
    private final Stage stage;
    private final CopiedText copied = new CopiedText(Composition::later, this::copyIsOver);
    private final Succession succession;
    private boolean opened;
    /// Whether the window came up while somebody worked in another one.
    private boolean unobtrusive;

    /// @param client opened by the caller, closed with this @param choice light or dark, as chosen before
    /// @param succession what comes after a lock; closed with this
    public Composition(Stage stage, VaultClient client, Clock clock, ThemeChoice choice, Succession succession) {
        this(stage, client, clock, choice, Platform.getPreferences().colorSchemeProperty(), new Place(), succession);
    }

    Composition(
            Stage stage,
            VaultClient client,
            Clock clock,
            ThemeChoice choice,
            ObservableValue<ColorScheme> desktop,
            Place place,
            Succession succession) {
        this.stage = stage;
        this.client = client;
        this.succession = succession;
        var work = new Work(background, Platform::runLater, Composition::later);
        focus = new FocusWatch(stage, client::signal);
        theme = new Theme(desktop, choice.chosen(), chosen -> {
            choice.choose(chosen);
            background.execute(choice::save);
        });
        model = new AppViewModel(client, work, clock, focus.insideProperty(), place, new Lock());
        model.stateProperty().addListener((_, _, now) -> copied.follow(now));
        var picker = new PathPicker(work.scope(), clock, Path.of(System.getProperty("user.home")));
        window = new MainWindow(stage, model, theme, picker, copied);
    }

    /// Shows the window.
    public void start() {
        window.open();
        model.start();
    }

    /// The window in the place of one that another process showed.
    ///
    /// @param shown called when it is drawn
    static Composition after(
            Handover before,
            Stage stage,
            VaultClient client,
            Clock clock,
            ThemeChoice choice,
            Succession succession,
            Runnable shown) {
        var desktop = Platform.getPreferences().colorSchemeProperty();
        Composition composition = new Composition(stage, client, clock, choice, desktop, before.place(), succession);
        composition.model.waiting().add(before.waiting());
        before.frame().place(stage);
        new Drawn(shown).start();
        composition.unobtrusive = before.frame().elsewhere();
        if (before.frame().elsewhere() && !before.frame().minimised()) {
            Unobtrusive.show(composition::start, before.frame().window(), Composition::later);
        } else {
            composition.start();
        }
        before.copied().ifPresent(text -> composition.copied.put(text.text(), text.stays()));
        return composition;
    }

    /// A copy was handed over to this process, which was then never opened: the next one holds none.
    private void copyIsOver() {
        if (!opened && succession.isPlanned() && isElsewhere()) {
            succession.prepare(() -> Platform.runLater(() -> leave(LockReason.FOCUS_LOST)));
        }
    }

    private boolean isElsewhere() {
        return !focus.insideProperty().get() || unobtrusive && !focus.isTouched();
    }

    /// The next process opens the home, and this one ends; where that takes time, it is not the window's thread's.
    private void leave(LockReason reason) {
        Optional<Handover.Copied> text = copied.text().map(still -> new Handover.Copied(still, copied.left()));
        Frame frame = Frame.of(stage, isElsewhere());
        Handover handover =
                new Handover(frame, reason, model.place(), model.waiting().take(), text);
        Thread closing = Thread.ofPlatform().daemon().name("closing").start(client::close);
        Thread.ofPlatform().name("leaving").start(() -> {
            try {
                // A disk that hangs, or a failure, must not keep in memory what was shown; the system lets go of the
                // home.
                closing.join(CLOSES_WITHIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                succession.handOver(handover);
            }
        });
    }

    private final class Lock implements AfterLock {
        @Override
        public boolean isPlanned() {
            return succession.isPlanned();
        }

        @Override
        public void opened() {
            opened = true;
            // The first rows come first.
            later(AFTER_THE_FIRST_ROWS, () -> succession.prepare(() -> {}));
        }

        @Override
        public void locked(LockReason reason) {
            leave(reason);
        }
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
        succession.close();
        client.close();
    }

    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Platform.runLater(task));
    }
}
