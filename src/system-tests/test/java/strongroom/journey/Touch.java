package strongroom.journey;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import org.jspecify.annotations.Nullable;

/// What a person does with pointer and keys.
final class Touch {
    private static final long OPENING = TimeUnit.SECONDS.toNanos(10);

    private Touch() {}

    /// Clicks as often as asked, in one go: a slow machine must not turn a double click into two.
    ///
    /// @param look finds what is pressed, once to wait for it and once more at the very moment of the click: a list
    ///     that is filled anew meanwhile gives its cells to other rows
    static Node press(Sight.Look look, String otherwise, int times)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            Sight.until(look, otherwise);
            // A page that has just changed is laid out a frame later; a click at the old place would meet nothing.
            WindowThread.painted(20);
            @Nullable
            Node pressed = WindowThread.call(() -> {
                @Nullable Node node = look.call();
                if (node != null) {
                    click(node, times);
                }
                return node;
            });
            if (pressed != null) {
                return pressed;
            }
        }
    }

    private static void click(Node node, int times) {
        Bounds bounds = node.localToScreen(node.getBoundsInLocal());
        Robot robot = new Robot();
        robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
        for (int i = 0; i < times; i++) {
            robot.mouseClick(MouseButton.PRIMARY);
        }
    }

    /// Opens a row of the list, a folder or a document. A double click that meets a list just being filled anew is
    /// lost; a person then clicks again, and so does this.
    static void open(String name) throws InterruptedException, ExecutionException, TimeoutException {
        boolean opened = false;
        while (!opened) {
            Sight.reveal(name);
            List<String> before = WindowThread.call(Sight::place);
            press(Sight.row(name), "'" + name + "' is not in the list", 2);
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
        press(Sight.enabled("all-documents"), "#all-documents does not appear", 1);
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
