package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.app.ThemeChoice;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.library.Place;
import strongroom.desktop.succession.Frame;
import strongroom.desktop.succession.Handover;
import strongroom.desktop.succession.Succession;
import strongroom.vault.client.LockReason;

/// The window that comes after another one, with a real window manager: in the same place, without the focus.
class SuccessionUiTest {
    private final Next next = new Next();
    private final CountDownLatch shown = new CountDownLatch(1);
    private Window window;
    private Foreign foreign;
    private Composition after;
    private Stage stage;

    @BeforeEach
    void anotherProgramInFront() throws Exception {
        // JavaFX's own window, behind; what is looked at comes up besides.
        window = Window.locked();
        foreign = Foreign.open();
        foreign.activate();
        window.await("the focus to be elsewhere", () -> !window.stage().isFocused());
    }

    @AfterEach
    void close() {
        window.fx(() -> {
            after.close();
            stage.close();
            return true;
        });
        foreign.close();
        window.close();
    }

    @Test
    void itStandsWhereTheOneBeforeItStoodAndLeavesTheFocusWhereItIs() throws Exception {
        open(Optional.empty());

        assertTrue(shown.await(30, TimeUnit.SECONDS));
        assertEquals("somebody-else", Xdotool.say("getwindowfocus", "getwindowname"));
        assertEquals(
                List.of(300.0, 120.0, 1000.0, 700.0),
                window.fx(() -> List.of(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight())));

        Xdotool.run("search", "--onlyvisible", "--name", "^Strongroom$", "windowactivate", "--sync");
        window.await("the focus", () -> stage.isFocused());
    }

    @Test
    void aCopyStaysOnTheClipboardForTheRestOfItsTimeAndThenTheNextProcessTakesOver() throws Exception {
        open(Optional.of(new Handover.Copied("some lines", Duration.ofSeconds(2))));
        assertTrue(shown.await(30, TimeUnit.SECONDS));
        assertEquals(
                "some lines", window.fx(() -> Clipboard.getSystemClipboard().getString()));

        Handover handover = next.handovers.poll(30, TimeUnit.SECONDS);

        assertEquals(Optional.empty(), handover.copied());
        assertTrue(handover.frame().elsewhere(), "it would take the focus");
        assertEquals(null, window.fx(() -> Clipboard.getSystemClipboard().getString()));
    }

    private void open(Optional<Handover.Copied> copied) {
        Clock clock = Clock.systemUTC();
        var frame = new Frame(300, 120, 1000, 700, false, false, true, 0);
        var handover = new Handover(frame, LockReason.FOCUS_LOST, new Place(), List.of(), copied);
        window.fx(() -> {
            stage = new Stage();
            after = Composition.after(
                    handover,
                    stage,
                    FakeVaultClient.locked(clock, "482913", LockReason.FOCUS_LOST),
                    clock,
                    new ThemeChoice(Path.of("target", "nowhere", "window.state")),
                    next,
                    shown::countDown);
            return true;
        });
    }

    /// Keeps what it is told.
    private static final class Next implements Succession {
        private final LinkedBlockingQueue<Handover> handovers = new LinkedBlockingQueue<>();

        @Override
        public boolean isPlanned() {
            return true;
        }

        @Override
        public void prepare(Runnable ready) {
            ready.run();
        }

        @Override
        public void handOver(Handover handover) {
            handovers.add(handover);
        }

        @Override
        public void close() {}
    }
}
