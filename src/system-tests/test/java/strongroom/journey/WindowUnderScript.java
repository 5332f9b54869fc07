package strongroom.journey;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.scene.text.Text;
import javafx.stage.Screen;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// The real window, moved by a real pointer and real keys: starts `strongroom.desktop.Main` in this JVM and obeys
/// one command a line on standard input, words separated by tabs. It looks at what a person could see and touches
/// what a person could touch; it calls nothing of the product.
public final class WindowUnderScript {
    private static final String ANSWER = "» ";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final PrintStream answers;

    private WindowUnderScript(PrintStream answers) {
        this.answers = answers;
    }

    /// @param arguments handed to the product's window
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Thread.ofPlatform().name("window").start(() -> strongroom.desktop.Main.main(arguments));
        new WindowUnderScript(answers).obey();
        System.exit(0);
    }

    private void obey() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (@Nullable String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split("\t", -1);
            if (words[0].equals("quit")) {
                return;
            }
            try {
                answers.println(ANSWER + "ok\t" + carryOut(words));
            } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
                answers.println(ANSWER + "no\t" + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            }
        }
    }

    private String carryOut(String[] words) throws InterruptedException, ExecutionException, TimeoutException {
        return switch (words[0]) {
            case "wait" -> {
                byId(words[1]);
                yield "";
            }
            case "gone" -> {
                Predicate<Node> wanted = words.length > 2 ? idStart(words[1]) : id(words[1]);
                until(() -> visible(wanted).isEmpty() ? Boolean.TRUE : null, "#" + words[1] + " is still there");
                yield "";
            }
            case "fill" -> {
                Node field = byId(words[1]);
                press(field, 1);
                fx(() -> {
                    ((TextInputControl) field).setText(words[2]);
                    return "";
                });
                yield "";
            }
            case "clickStart" -> {
                press(until(() -> first(visible(idStart(words[1]))), "#" + words[1] + "… does not appear"), 1);
                yield "";
            }
            case "see" -> {
                byText(words[1]);
                yield "";
            }
            case "shows" -> fx(() -> visible(text(words[1])).isEmpty()) ? "no" : "yes";
            case "click" -> {
                press(byId(words[1]), 1);
                yield "";
            }
            case "clickText" -> {
                press(byText(words[1]), 1);
                yield "";
            }
            case "open" -> {
                press(
                        until(
                                () -> first(visible(text(words[1]).and(WindowUnderScript::inTable))),
                                "'" + words[1] + "' is not in the list"),
                        2);
                yield "";
            }
            case "type" -> {
                press(byId(words[1]), 1);
                type(words[2]);
                yield "";
            }
            case "key" -> {
                fx(() -> {
                    new Robot().keyType(KeyCode.valueOf(words[1]));
                    return "";
                });
                yield "";
            }
            case "text" -> content(byId(words[1]));
            case "ids" ->
                fx(() -> String.join(
                        " ",
                        visible(node -> node.getId() != null).stream()
                                .map(Node::getId)
                                .toList()));
            case "texts" ->
                fx(() -> String.join(
                        " | ",
                        visible(node -> !content(node).isBlank()).stream()
                                .map(WindowUnderScript::content)
                                .toList()));
            case "shot" -> {
                painted(20);
                fx(() -> {
                    var area = Screen.getPrimary().getBounds();
                    WritableImage image = new Robot()
                            .getScreenCapture(null, area.getMinX(), area.getMinY(), area.getWidth(), area.getHeight());
                    save(image, Path.of(words[1]));
                    return "";
                });
                yield "";
            }
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        };
    }

    /// What was decided is on the screen only some frames later.
    private static void painted(int wanted) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        fx(() -> {
            new AnimationTimer() {
                private int frames;

                @Override
                public void handle(long now) {
                    if (++frames == wanted) {
                        stop();
                        done.complete(true);
                    }
                }
            }.start();
            return "";
        });
        done.get(30, TimeUnit.SECONDS);
    }

    private static void save(WritableImage image, Path file) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        ImageIO.write(copy, "png", file.toFile());
    }

    private Node byId(String id) throws InterruptedException, ExecutionException, TimeoutException {
        return until(() -> first(visible(id(id).and(node -> !node.isDisabled()))), "#" + id + " does not appear");
    }

    private Node byText(String wanted) throws InterruptedException, ExecutionException, TimeoutException {
        return until(() -> first(visible(text(wanted))), "'" + wanted + "' does not appear");
    }

    private static Predicate<Node> id(String id) {
        return node -> id.equals(node.getId());
    }

    private static Predicate<Node> idStart(String start) {
        return node -> node.getId() != null && node.getId().startsWith(start);
    }

    private static Predicate<Node> text(String wanted) {
        return node -> content(node).contains(wanted);
    }

    private static boolean inTable(Node node) {
        for (@Nullable Node up = node; up != null; up = up.getParent()) {
            if ("entry-table".equals(up.getId())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Node first(List<Node> nodes) {
        return nodes.isEmpty() ? null : nodes.getFirst();
    }

    private static String content(Node node) {
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

    /// What a person could see of every own window, children after parents; topmost window first.
    private static List<Node> visible(Predicate<Node> wanted) {
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

    /// Clicks as often as asked, in one go: a slow machine must not turn a double click into two.
    private static void press(Node node, int times) throws InterruptedException, ExecutionException, TimeoutException {
        // A page that has just changed is laid out a frame later; a click at the old place would meet nothing.
        painted(20);
        fx(() -> {
            Bounds bounds = node.localToScreen(node.getBoundsInLocal());
            Robot robot = new Robot();
            robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
            for (int i = 0; i < times; i++) {
                robot.mouseClick(MouseButton.PRIMARY);
            }
            return "";
        });
    }

    /// No faster than a frame a key: a server of X under load drops what comes faster than anybody types.
    private static void type(String text) throws InterruptedException, ExecutionException, TimeoutException {
        painted(6);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            fx(() -> {
                new Keys(new Robot()).type(c);
                return "";
            });
            painted(2);
        }
    }

    /// Looks again and again, since what is waited for happens on a screen and tells nobody.
    private <T> T until(Callable<@Nullable T> look, String otherwise)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            @Nullable T seen = fx(look);
            if (seen != null) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise + "; there is: " + carryOut(new String[] {"texts"}) + " ids: "
                        + carryOut(new String[] {"ids"}));
            }
            TimeUnit.MILLISECONDS.sleep(15);
        }
    }

    private static <T> T fx(Callable<T> task) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> result = new CompletableFuture<>();
        while (true) {
            try {
                Platform.runLater(() -> {
                    try {
                        result.complete(task.call());
                    } catch (Exception | LinkageError e) {
                        result.completeExceptionally(e);
                    }
                });
                return result.get(120, TimeUnit.SECONDS);
            } catch (IllegalStateException e) {
                // The toolkit is still starting.
                if (!Set.of("Toolkit not initialized").contains(e.getMessage())) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}
