package strongroom.journey;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.robot.Robot;
import javafx.stage.Screen;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// The real window, moved by a real pointer and real keys: starts `strongroom.desktop.Main` in this JVM and obeys
/// one command a line, words separated by tabs, from whoever listens at the port named by
/// `strongroom.script.port`. The process that comes after a lock is one like this, and asks there for commands
/// too. It looks at what a person could see and touches what a person could touch; it calls nothing of the
/// product.
public final class WindowUnderScript {
    private final BufferedReader commands;
    private final PrintStream answers;

    private WindowUnderScript(Socket script) throws IOException {
        this.commands = new BufferedReader(new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8));
        this.answers = new PrintStream(script.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// @param arguments handed to the product's window
    public static void main(String[] arguments) throws IOException {
        Thread window = Thread.ofPlatform().name("window").start(() -> strongroom.desktop.Main.main(arguments));
        Thread.ofPlatform().daemon().start(() -> {
            // A successor that is not needed ends with its window.
            join(window);
            System.exit(0);
        });
        try (Socket script =
                new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger("strongroom.script.port"))) {
            new WindowUnderScript(script).obey();
        }
        System.exit(0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        }
    }

    private void obey() throws IOException {
        for (@Nullable String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split("\t", -1);
            if (words[0].equals("quit")) {
                return;
            }
            try {
                answers.println("ok\t" + carryOut(words).replaceAll("\\R", " "));
            } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
                answers.println("no\t" + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            }
        }
    }

    private static String carryOut(String[] words) throws InterruptedException, ExecutionException, TimeoutException {
        return switch (words[0]) {
            case "pid" -> String.valueOf(ProcessHandle.current().pid());
            case "wait" -> done(byId(words[1]));
            case "either" -> either(Arrays.copyOfRange(words, 1, words.length));
            case "gone" -> {
                Predicate<Node> wanted = words.length > 2 ? Sight.idStart(words[1]) : Sight.id(words[1]);
                Sight.until(
                        () -> Sight.visible(wanted).isEmpty() ? Boolean.TRUE : null,
                        "#" + words[1] + " is still there");
                yield "";
            }
            case "becomes" -> {
                Sight.until(
                        () -> Sight.visible(Sight.id(words[1])).stream()
                                        .anyMatch(node -> Sight.content(node).equals(words[2]))
                                ? Boolean.TRUE
                                : null,
                        "#" + words[1] + " does not become " + words[2]);
                yield "";
            }
            case "fill" -> {
                Node field = press(words[1]);
                // A key that is pressed next is for it.
                Sight.until(() -> field.isFocused() ? field : null, "#" + words[1] + " does not take the focus");
                yield WindowThread.call(() -> {
                    ((TextInputControl) field).setText(words[2]);
                    return "";
                });
            }
            case "see" ->
                done(Sight.until(
                        () -> Sight.first(Sight.visible(Sight.text(words[1]))), "'" + words[1] + "' does not appear"));
            case "click" -> done(press(words[1]));
            case "clickStart" ->
                done(Touch.press(
                        () -> Sight.first(Sight.visible(Sight.idStart(words[1]).and(node -> !node.isDisabled()))),
                        "#" + words[1] + "… does not appear"));
            case "reveal" -> {
                Sight.reveal(words[1]);
                yield "";
            }
            case "open" -> {
                Touch.open(words[1]);
                yield "";
            }
            case "top" -> {
                Touch.top();
                yield "";
            }
            case "type" -> {
                press(words[1]);
                Touch.type(words[2]);
                yield "";
            }
            case "key" -> {
                Touch.key(words[1]);
                yield "";
            }
            case "text" -> Sight.content(byId(words[1]));
            case "drawn" -> {
                WindowThread.painted(2);
                yield WindowThread.call(() -> Sight.visible(Sight.id(words[1])).stream()
                                .anyMatch(node -> node.getLayoutBounds().getWidth() > 1))
                        ? "yes"
                        : "no";
            }
            case "rows" -> String.valueOf(WindowThread.call(Sight::rows));
            case "shot" -> {
                WindowThread.painted(20);
                yield WindowThread.call(() -> {
                    var area = Screen.getPrimary().getBounds();
                    WritableImage image = new Robot()
                            .getScreenCapture(null, area.getMinX(), area.getMinY(), area.getWidth(), area.getHeight());
                    save(image, Path.of(words[1]));
                    return "";
                });
            }
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        };
    }

    private static String done(Node unused) {
        return "";
    }

    private static Node byId(String id) throws InterruptedException, ExecutionException, TimeoutException {
        return Sight.until(Sight.enabled(id), "#" + id + " does not appear");
    }

    private static Node press(String id) throws InterruptedException, ExecutionException, TimeoutException {
        return Touch.press(Sight.enabled(id), "#" + id + " does not appear");
    }

    /// Waits for any of some nodes. @return the id of the one that came
    private static String either(String[] ids) throws InterruptedException, ExecutionException, TimeoutException {
        return Sight.until(
                () -> Stream.of(ids)
                        .filter(id -> !Sight.visible(Sight.id(id)).isEmpty())
                        .findFirst()
                        .orElse(null),
                "none of " + List.of(ids) + " appears");
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
}
