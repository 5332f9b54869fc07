package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.scene.input.MouseButton;
import org.testfx.api.FxRobot;

/// Files that a user drags from another program, which runs in a process of its own, with the mouse.
final class Drag implements AutoCloseable {
    private final Process program;
    private final boolean asPopup;
    private final BufferedReader says;
    private boolean pressed;

    private Drag(Process program, boolean asPopup) {
        this.program = program;
        this.asPopup = asPopup;
        this.says = program.inputReader(StandardCharsets.UTF_8);
    }

    /// From a window that takes the focus as soon as the mouse is pressed in it, as file managers do.
    static Drag fromWindow(Path... files) throws IOException {
        return start("window", files);
    }

    /// From a window that leaves the focus where it is.
    static Drag fromPopup(Path... files) throws IOException {
        return start("popup", files);
    }

    private static Drag start(String kind, Path... files) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dprism.order=sw",
                "-cp",
                System.getProperty("java.class.path"),
                DragProgram.class.getName(),
                kind));
        Stream.of(files).map(Path::toString).forEach(command::add);
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var drag = new Drag(program, kind.equals("popup"));
        assertEquals("shown", drag.says.readLine());
        return drag;
    }

    /// Presses the mouse on the files.
    void press() throws IOException, InterruptedException {
        pressed = true;
        if (asPopup) {
            moveTo(DragProgram.X + DragProgram.SIZE / 2, DragProgram.Y + DragProgram.SIZE / 2);
            Xdotool.run("mousedown", "1");
            return;
        }
        // The window manager has the last word on where a window is.
        String middle = String.valueOf((int) DragProgram.SIZE / 2);
        Xdotool.run(("search --sync --onlyvisible --name " + DragProgram.TITLE + " mousemove --window %1 " + middle
                        + " " + middle + " mousedown 1")
                .split(" ", -1));
    }

    /// Moves the mouse to a place of the screen.
    void moveTo(double x, double y) throws IOException, InterruptedException {
        Xdotool.run("mousemove", String.valueOf((int) x), String.valueOf((int) y));
    }

    /// Moves the mouse, which is pressed, to and fro until something has come of it: a drag begins after some way, and
    /// each program looks at it at its own pace.
    void moveUntil(Window window, String what, double x, double y, BooleanSupplier condition) {
        int[] step = new int[1];
        window.await(what, () -> {
            try {
                moveTo(x + 4 * (step[0]++ % 8), y);
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return condition.getAsBoolean();
        });
    }

    /// Lets go. @return what the other program says of it
    String drop() throws IOException, InterruptedException {
        Xdotool.run("mouseup", "1");
        pressed = false;
        return says.readLine();
    }

    /// Ends the other program, and lets go of the mouse where a test failed while it was pressed.
    @Override
    public void close() {
        if (pressed) {
            new FxRobot().release(MouseButton.PRIMARY);
        }
        program.destroy();
        program.onExit().join();
    }
}
