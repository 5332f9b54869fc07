package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.robot.KeyboardRobot;
import org.testfx.robot.MouseRobot;
import org.testfx.util.WaitForAsyncUtils;
import strongroom.desktop.app.AppViewModel;
import strongroom.desktop.app.Theme;
import strongroom.desktop.app.ThemeChoice;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.desktop.library.Place;
import strongroom.desktop.succession.Succession;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.SyncState;

/// The real window with a client in memory, as a user drives it. Needs a display with a window manager.
final class Window implements AutoCloseable {
    static final String PIN = "482913";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double ASIDE = 30;

    final FxRobot robot = new FxRobot();
    final FakeVaultClient client;
    final ObjectProperty<ColorScheme> scheme = new SimpleObjectProperty<>(ColorScheme.LIGHT);
    private final ThemeChoice choice;
    private @Nullable Stage stage;
    private @Nullable Composition composition;
    private double aside;

    private Window(FakeVaultClient client, Path state) {
        this.client = client;
        this.choice = new ThemeChoice(state);
    }

    /// A window over a locked vault with documents.
    static Window locked() {
        Clock clock = clock();
        FakeVaultClient client = FakeVaultClient.locked(clock, PIN, LockReason.STARTED);
        Samples.fill(client.library(), clock.instant());
        return open(client);
    }

    /// A window over an open vault with documents.
    static Window unlocked() {
        Window window = locked();
        window.unlock();
        return window;
    }

    static Window open(FakeVaultClient client) {
        return open(client, Path.of("target", "nowhere", "window.state"));
    }

    /// @param state where the window keeps what it remembers between starts
    static Window open(FakeVaultClient client, Path state) {
        if (System.getenv("DISPLAY") == null) {
            throw new AssertionError("UI tests need a display with a window manager: run them by ./strongroom test, or"
                    + " under xvfb-run with openbox");
        }
        var window = new Window(client, state);
        client.go(new SyncState.UpToDate(Instant.now(clock())));
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new AssertionError("JavaFX does not start on this display", e);
        }
        window.fx(() -> {
            var stage = new Stage();
            window.stage = stage;
            stage.setX(20);
            stage.setY(20);
            window.composition =
                    new Composition(stage, client, clock(), window.choice, window.scheme, new Place(), Succession.NONE);
            window.composition.start();
            stage.toFront();
            stage.requestFocus();
            return stage;
        });
        window.await("the window to have the focus", () -> window.stage().isFocused());
        return window;
    }

    Theme theme() {
        assertNotNull(composition);
        return composition.theme();
    }

    AppViewModel model() {
        assertNotNull(composition);
        return composition.model();
    }

    Stage stage() {
        assertNotNull(stage);
        return stage;
    }

    /// Enters the right PIN once the field takes it.
    void enterPin() {
        await(
                "the field for the PIN",
                () -> fx(() -> robot.lookup("#pin-field")
                        .tryQuery()
                        .filter(field -> field.isFocused() && !field.isDisabled())
                        .isPresent()));
        type(PIN);
        press(KeyCode.ENTER);
    }

    void unlock() {
        enterPin();
        await("#entry-table");
        await("rows", () -> count(".name-cell") > 2);
    }

    void type(String text) {
        Scene scene = fx(() -> javafx.stage.Window.getWindows().stream()
                .filter(javafx.stage.Window::isFocused)
                .findFirst()
                .orElse(stage())
                .getScene());
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(letter -> robot.robotContext().getBaseRobot().typeKeyboard(scene, KeyCode.UNDEFINED, letter));
        settle();
    }

    void press(KeyCode... keys) {
        KeyboardRobot keyboard = robot.robotContext().getKeyboardRobot();
        keyboard.pressNoWait(keys);
        keyboard.releaseNoWait(keys);
        settle();
    }

    void click(String id) {
        await(id);
        click(robot.point(id).query());
    }

    private void click(Point2D at) {
        robot.robotContext().getMouseRobot().moveNoWait(at);
        settle();
        clickHere();
        settle();
    }

    private void clickHere() {
        MouseRobot mouse = robot.robotContext().getMouseRobot();
        mouse.pressNoWait(MouseButton.PRIMARY);
        mouse.releaseNoWait(MouseButton.PRIMARY);
    }

    /// Lets the toolkit take what came from the display. TestFX does so five times over after each press and each
    /// release, which made most of the time of the window's tests.
    private static void settle() {
        WaitForAsyncUtils.waitForFxEvents(3);
    }

    /// Clicks the row of a document.
    void select(String name) {
        await("a row for " + name, () -> row(name) != null);
        // A list that is read again while the pointer moves may leave the click without a row.
        for (int attempt = 0; attempt < 5 && !chosen(name); attempt++) {
            // Two quick clicks in one place would be a double click, which opens.
            aside = ASIDE - aside;
            middleOf(name).ifPresent(at -> click(at.add(aside, 0)));
            try {
                WaitForAsyncUtils.waitFor(1, TimeUnit.SECONDS, () -> chosen(name));
            } catch (TimeoutException e) {
                // Again.
            }
        }
        settle();
    }

    private Optional<Point2D> middleOf(String name) {
        return looking(() -> Optional.ofNullable(row(name)).map(row -> {
            Bounds on = row.localToScreen(row.getLayoutBounds());
            return new Point2D(on.getCenterX(), on.getCenterY());
        }));
    }

    private boolean chosen(String name) {
        return fx(() -> row(name) instanceof TableCell<?, ?> cell
                && cell.getTableRow() != null
                && cell.getTableRow().isSelected());
    }

    /// Opens a document by click and Enter.
    void openDocument(String name) {
        select(name);
        press(KeyCode.ENTER);
    }

    /// Opens a document by double click. The second click comes when the first is there, as no hand is faster:
    /// what the window manager hands on while it gives the window the mouse, it may lose. The row is selected
    /// before: what the first selection of a process takes would make two single clicks of one double click on a
    /// slow machine.
    void doubleClick(String name) {
        select(name);
        var first = new CountDownLatch(1);
        EventHandler<MouseEvent> arrived = _ -> first.countDown();
        fx(() -> {
            stage().addEventFilter(MouseEvent.MOUSE_RELEASED, arrived);
            return true;
        });
        click(middleOf(name).orElseThrow().subtract(ASIDE, 0));
        await("the first click", () -> first.getCount() == 0);
        clickHere();
        settle();
        fx(() -> {
            stage().removeEventFilter(MouseEvent.MOUSE_RELEASED, arrived);
            return true;
        });
    }

    @Nullable
    Node row(String name) {
        return looking(() -> robot.lookup(node -> node instanceof Labeled cell
                                && cell.getStyleClass().contains("table-cell")
                                && name.equals(cell.getText())
                                && cell.isVisible())
                        .tryQuery())
                .orElse(null);
    }

    /// How many there are.
    int count(String query) {
        return looking(() -> robot.lookup(query).queryAll().size());
    }

    /// Looks through the scene where nobody changes it meanwhile.
    private <T> T looking(Callable<T> look) {
        if (!Platform.isFxApplicationThread()) {
            return fx(look);
        }
        try {
            return look.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Goes to a folder of the disk in the picker that is coming up.
    void pick(Path folder) {
        await("#path-picker");
        await(
                "the picker to be in front",
                () -> fx(() -> robot.lookup("#path-picker")
                        .query()
                        .getScene()
                        .getWindow()
                        .isFocused()));
        fx(() -> {
            TextInputControl path = robot.lookup("#picker-path").queryAs(TextInputControl.class);
            path.setText(folder.toString());
            path.requestFocus();
            return true;
        });
        press(KeyCode.ENTER);
        await("its files", () -> !shows("#picker-progress"));
    }

    String text(String id) {
        await(id);
        return fx(() -> robot.lookup(id).queryAs(Labeled.class).getText());
    }

    boolean shows(String id) {
        return looking(() -> robot.lookup(id).tryQuery().filter(Window::visible).isPresent());
    }

    void await(String id) {
        await(id, () -> shows(id));
    }

    void await(String what, BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS, condition::getAsBoolean);
        } catch (TimeoutException e) {
            shot("failure-" + what.replaceAll("\\W+", "-"));
            throw new AssertionError("waited in vain for " + what, e);
        }
        settle();
    }

    <T> T fx(Callable<T> call) {
        try {
            return WaitForAsyncUtils.asyncFx(call).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /// Saves what is on the screen under target/screenshots.
    void shot(String name) {
        picture(name);
    }

    static void picture(String name) {
        WaitForAsyncUtils.waitForFxEvents();
        try {
            Path folder = Files.createDirectories(Path.of("target", "screenshots"));
            int status = new ProcessBuilder(
                            "import",
                            "-window",
                            "root",
                            folder.resolve(name + ".png").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("the screen cannot be saved");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        fx(() -> {
            if (composition != null) {
                composition.close();
                composition = null;
            }
            stage().hide();
            return true;
        });
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }

    private static boolean visible(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null
                && node.getScene().getWindow() != null
                && node.getScene().getWindow().isShowing();
    }
}
