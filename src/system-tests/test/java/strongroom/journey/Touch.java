package strongroom.journey;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// What a person does with pointer and keys.
final class Touch {
    private static final long OPENING = TimeUnit.SECONDS.toNanos(10);

    private Touch() {}

    /// Clicks once.
    ///
    /// @param look finds what is pressed, once to wait for it and once more at the very moment of the click: a list
    ///     that is filled anew meanwhile gives its cells to other rows
    static Node press(Sight.Look look, String otherwise)
            throws InterruptedException, ExecutionException, TimeoutException {
        return press(look, otherwise, _ -> {});
    }

    /// Clicks twice, the second time as soon as the first has arrived: a window manager may lose what comes while it
    /// hands a window the mouse, and a slow machine must not turn a double click into two.
    private static void pressTwice(Sight.Look look, String otherwise)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        press(look, otherwise, node -> tellRelease(node.getScene().getWindow(), first));
        first.completeOnTimeout(false, OPENING, TimeUnit.NANOSECONDS).get();
        WindowThread.call(() -> {
            new Robot().mouseClick(MouseButton.PRIMARY);
            return "";
        });
    }

    private static void tellRelease(Window window, CompletableFuture<Boolean> released) {
        window.addEventFilter(MouseEvent.MOUSE_RELEASED, new EventHandler<>() {
            @Override
            public void handle(MouseEvent event) {
                window.removeEventFilter(MouseEvent.MOUSE_RELEASED, this);
                released.complete(true);
            }
        });
    }

    private static Node press(Sight.Look look, String otherwise, Consumer<Node> before)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            Sight.until(look, otherwise);
            // A page that has just changed is laid out a frame later; a click at the old place would meet nothing.
            WindowThread.painted(20);
            @Nullable
            Node pressed = WindowThread.call(() -> {
                @Nullable Node node = look.call();
                if (node != null) {
                    before.accept(node);
                    Bounds bounds = node.localToScreen(node.getBoundsInLocal());
                    Robot robot = new Robot();
                    robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
                    robot.mouseClick(MouseButton.PRIMARY);
                }
                return node;
            });
            if (pressed != null) {
                return pressed;
            }
        }
    }

    /// Opens a row of the list, a folder or a document. A double click that meets a list just being filled anew is
    /// lost; a person then clicks again, and so does this.
    static void open(String name) throws InterruptedException, ExecutionException, TimeoutException {
        boolean opened = false;
        while (!opened) {
            Sight.reveal(name);
            List<String> before = WindowThread.call(Sight::place);
            pressTwice(Sight.row(name), "'" + name + "' is not in the list");
            long clicked = System.nanoTime();
            while (!opened && System.nanoTime() - clicked < OPENING) {
                List<String> now = WindowThread.call(Sight::place);
                opened = now.equals(List.of(name))
                        || now.size() == before.size() + 1 && now.getLast().equals(name);
                WindowThread.painted(2);
            }
        }
    }

    /// Goes to the topmost folder.
    static void top() throws InterruptedException, ExecutionException, TimeoutException {
        press(Sight.enabled("all-documents"), "#all-documents does not appear");
        Sight.until(() -> Sight.place().size() == 1 ? Boolean.TRUE : null, "the topmost folder is not shown");
    }

    /// No faster than a frame a key: a server of X under load drops what comes faster than anybody types.
    static void type(String text) throws InterruptedException, ExecutionException, TimeoutException {
        WindowThread.painted(6);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            WindowThread.call(() -> {
                new Keys(new Robot()).type(c);
                return "";
            });
            WindowThread.painted(2);
        }
    }

    static void key(String name) throws InterruptedException, ExecutionException, TimeoutException {
        WindowThread.call(() -> {
            new Robot().keyType(KeyCode.valueOf(name));
            return "";
        });
    }
}
