package strongroom.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// What a person could see in the windows of this process.
final class Sight {
    private static final String LIST = "entry-table";
    /// So long nothing at all may move on the screen while something is waited for.
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);
    private static final long LONGEST_WAIT = TimeUnit.MINUTES.toNanos(20);
    /// Fewer than the smallest list shows at once, so that no row is jumped over.
    private static final int ROWS_A_LOOK = 6;

    private Sight() {}

    /// What looks for something on the window's thread.
    interface Look extends Callable<@Nullable Node> {}

    static Predicate<Node> id(String id) {
        return node -> id.equals(node.getId());
    }

    static Predicate<Node> idStart(String start) {
        return node -> node.getId() != null && node.getId().startsWith(start);
    }

    static Predicate<Node> text(String wanted) {
        return node -> content(node).contains(wanted);
    }

    /// What can be pressed.
    static Look enabled(String id) {
        return () -> first(visible(id(id).and(node -> !node.isDisabled())));
    }

    /// A row of the list by its whole name, if the list shows it now.
    static Look row(String name) {
        Predicate<Node> wanted = node -> content(node).equals(name);
        return () -> first(visible(wanted.and(Sight::inList).and(Sight::reachable)));
    }

    static @Nullable Node first(List<Node> nodes) {
        return nodes.isEmpty() ? null : nodes.getFirst();
    }

    static String content(Node node) {
        return switch (node) {
            case Labeled labeled -> shown(labeled.getText());
            case Text text -> shown(text.getText());
            case TextInputControl input -> shown(input.getText());
            default -> "";
        };
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean inList(Node node) {
        for (@Nullable Node up = node; up != null; up = up.getParent()) {
            if (LIST.equals(up.getId())) {
                return true;
            }
        }
        return false;
    }

    /// Whether the pointer would meet it: its middle is inside of everything that cuts it off.
    private static boolean reachable(Node node) {
        Bounds own = node.localToScene(node.getBoundsInLocal());
        for (@Nullable Node up = node.getParent(); up != null; up = up.getParent()) {
            if (up.getClip() != null
                    && !up.localToScene(up.getLayoutBounds()).contains(own.getCenterX(), own.getCenterY())) {
                return false;
            }
        }
        return true;
    }

    /// What a person could see of every own window, children after parents; topmost window first.
    static List<Node> visible(Predicate<Node> wanted) {
        List<Node> found = new ArrayList<>();
        List<Window> windows = new ArrayList<>(Window.getWindows()).reversed();
        for (Window window : windows) {
            if (window.isShowing() && window.getScene() != null) {
                collect(window.getScene().getRoot(), wanted, found);
            }
        }
        return found;
    }

    private static void collect(Node node, Predicate<Node> wanted, List<Node> found) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return;
        }
        if (wanted.test(node)) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, wanted, found));
        }
    }

    static String everyText() {
        return String.join(
                " | ",
                visible(node -> !content(node).isBlank()).stream()
                        .map(Sight::content)
                        .toList());
    }

    static String everyId() {
        return String.join(
                " ",
                visible(node -> node.getId() != null).stream().map(Node::getId).toList());
    }

    /// Scrolls through the list until it shows a row.
    static void reveal(String name) throws InterruptedException, ExecutionException, TimeoutException {
        int[] next = {0};
        until(
                () -> {
                    @Nullable Node row = row(name).call();
                    if (row == null && first(visible(id(LIST))) instanceof TableView<?> list) {
                        next[0] = next[0] >= list.getItems().size() ? 0 : next[0];
                        list.scrollTo(next[0]);
                        next[0] += ROWS_A_LOOK;
                    }
                    return row;
                },
                "'" + name + "' is not in the list");
    }

    /// Where the window is: the folders on the path, or the name of the open document alone.
    static List<String> place() {
        List<Node> document = visible(id("document-name"));
        return (document.isEmpty() ? visible(idStart("crumb-")) : document)
                .stream().map(Sight::content).toList();
    }

    /// How many rows the list has. @return -1 while there is no list
    static int rows() {
        return first(visible(id(LIST))) instanceof TableView<?> list
                ? list.getItems().size()
                : -1;
    }

    /// Looks again and again, since what is waited for happens on a screen and tells nobody. Whoever sees that things
    /// move on goes on waiting.
    static <T> T until(Callable<@Nullable T> look, String otherwise)
            throws InterruptedException, ExecutionException, TimeoutException {
        long start = System.nanoTime();
        long moved = start;
        String before = "";
        while (true) {
            @Nullable T seen = WindowThread.call(look);
            if (seen != null) {
                return seen;
            }
            String now = WindowThread.call(Sight::everyText);
            if (!now.equals(before)) {
                before = now;
                moved = System.nanoTime();
            }
            if (System.nanoTime() - moved > PATIENCE || System.nanoTime() - start > LONGEST_WAIT) {
                throw new IllegalStateException(
                        otherwise + "; there is: " + now + " ids: " + WindowThread.call(Sight::everyId));
            }
            WindowThread.painted(2);
        }
    }
}
