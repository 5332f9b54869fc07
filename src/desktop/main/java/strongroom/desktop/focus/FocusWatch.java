package strongroom.desktop.focus;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.event.Event;
import javafx.event.EventHandler;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import strongroom.vault.client.LockSignal;

/// Tells the core whether the user is inside: whether any window of this program has the focus, be it the main one,
/// a dialog or a popup. It is the only class that listens to the focus of windows. It decides nothing: the core
/// does. On the thread of the window.
public final class FocusWatch implements AutoCloseable {
    /// While a dialog of ours closes, the window manager needs a moment to hand the focus to the window behind it.
    /// Only then, and only so long, is a focus that nobody has not yet a focus that was lost.
    private static final Duration HAND_OVER = Duration.ofMillis(250);

    private static final long ACTIVITY_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Stage main;
    private final Consumer<LockSignal> signals;
    private final ReadOnlyBooleanWrapper inside = new ReadOnlyBooleanWrapper(this, "inside", true);
    private final ChangeListener<Boolean> onFocus = (_, _, _) -> look();
    private final ChangeListener<Boolean> onMinimised = (_, _, now) -> minimised(now);
    private final ListChangeListener<Window> onWindows = this::windowsChanged;
    private final EventHandler<InputEvent> onActivity = this::activity;
    private final Executor afterHandOver = handOver();
    private boolean known;
    private boolean touched;
    private long lastClosed = System.nanoTime() - HAND_OVER.toNanos();
    private long lastActivity = System.nanoTime() - ACTIVITY_EVERY;

    /// @param main the window whose minimising counts
    /// @param signals returns at once, as the client's own door does
    public FocusWatch(Stage main, Consumer<LockSignal> signals) {
        this.main = main;
        this.signals = signals;
        main.iconifiedProperty().addListener(onMinimised);
        Window.getWindows().forEach(this::watch);
        Window.getWindows().addListener(onWindows);
    }

    /// Whether a window of ours has the focus. The window hides its content while it has not, without waiting for
    /// the core: the next frame is drawn covered.
    public ReadOnlyBooleanProperty insideProperty() {
        return inside.getReadOnlyProperty();
    }

    /// Whether a key was pressed in a window of ours, or a button of the mouse. JavaFX takes a window that it
    /// shows for one that has the focus, also where another program kept it.
    public boolean isTouched() {
        return touched;
    }

    @Override
    public void close() {
        main.iconifiedProperty().removeListener(onMinimised);
        Window.getWindows().removeListener(onWindows);
        Window.getWindows().forEach(this::leave);
    }

    private void windowsChanged(ListChangeListener.Change<? extends Window> change) {
        while (change.next()) {
            change.getAddedSubList().forEach(this::watch);
            change.getRemoved().forEach(this::leave);
            if (change.getRemoved().stream().anyMatch(FocusWatch::takesFocus)) {
                lastClosed = System.nanoTime();
            }
        }
        look();
    }

    private void watch(Window window) {
        window.focusedProperty().addListener(onFocus);
        window.addEventFilter(KeyEvent.KEY_PRESSED, onActivity);
        window.addEventFilter(MouseEvent.MOUSE_MOVED, onActivity);
        window.addEventFilter(MouseEvent.MOUSE_PRESSED, onActivity);
        window.addEventFilter(ScrollEvent.SCROLL, onActivity);
    }

    private void leave(Window window) {
        window.focusedProperty().removeListener(onFocus);
        window.removeEventFilter(KeyEvent.KEY_PRESSED, onActivity);
        window.removeEventFilter(MouseEvent.MOUSE_MOVED, onActivity);
        window.removeEventFilter(MouseEvent.MOUSE_PRESSED, onActivity);
        window.removeEventFilter(ScrollEvent.SCROLL, onActivity);
    }

    private void look() {
        if (anyFocused()) {
            known = true;
            if (!inside.get()) {
                inside.set(true);
                signals.accept(LockSignal.FOCUS_GAINED);
            }
        } else if (known && inside.get()) {
            if (handingOver()) {
                afterHandOver.execute(this::look);
            } else {
                inside.set(false);
                signals.accept(LockSignal.FOCUS_LOST);
            }
        }
    }

    private boolean handingOver() {
        boolean oneIsClosing =
                Window.getWindows().stream().anyMatch(window -> takesFocus(window) && !window.isShowing());
        return oneIsClosing || System.nanoTime() - lastClosed < HAND_OVER.toNanos();
    }

    /// Tooltips and menus leave the focus where it is, so when one goes away there is nothing to hand over.
    private static boolean takesFocus(Window window) {
        return window instanceof Stage;
    }

    private static boolean anyFocused() {
        return Window.getWindows().stream().anyMatch(Window::isFocused);
    }

    private void minimised(boolean now) {
        if (now) {
            signals.accept(LockSignal.MINIMISED);
        }
    }

    private void activity(Event event) {
        touched |= event.getEventType() == KeyEvent.KEY_PRESSED || event.getEventType() == MouseEvent.MOUSE_PRESSED;
        long now = System.nanoTime();
        if (now - lastActivity >= ACTIVITY_EVERY) {
            lastActivity = now;
            signals.accept(LockSignal.ACTIVITY);
        }
    }

    private static Executor handOver() {
        Executor timer = CompletableFuture.delayedExecutor(HAND_OVER.toMillis(), TimeUnit.MILLISECONDS);
        return task -> timer.execute(() -> Platform.runLater(task));
    }
}
