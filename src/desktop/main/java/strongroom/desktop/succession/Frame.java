package strongroom.desktop.succession;

import javafx.stage.Stage;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Where a window stands on the screen.
///
/// @param x left edge @param y upper edge @param width @param height all in JavaFX's pixels
/// @param elsewhere whether a window of another program has the focus: it must keep it
/// @param window the window's number at the X server; 0 where there is none
public record Frame(
        int x, int y, int width, int height, boolean maximised, boolean minimised, boolean elsewhere, long window) {
    private static final int LARGEST = 1 << 15;

    /// Bounds what a window is made of. @throws IllegalArgumentException for a window that no screen has
    public Frame {
        if (Math.max(Math.abs(x), Math.abs(y)) > LARGEST
                || Math.max(width, height) > LARGEST
                || width < 0
                || height < 0) {
            throw new IllegalArgumentException("a window that no screen has");
        }
    }

    /// Of a window that is shown.
    public static Frame of(Stage stage, boolean elsewhere) {
        return new Frame(
                pixels(stage.getX()),
                pixels(stage.getY()),
                pixels(stage.getWidth()),
                pixels(stage.getHeight()),
                stage.isMaximized(),
                stage.isIconified(),
                elsewhere,
                Unobtrusive.number());
    }

    /// Puts a window that is not shown yet there.
    public void place(Stage stage) {
        stage.setX(x);
        stage.setY(y);
        stage.setWidth(width);
        stage.setHeight(height);
        stage.setMaximized(maximised);
        stage.setIconified(minimised);
    }

    static Frame read(CanonicalReader in) throws MalformedException {
        try {
            return new Frame(
                    (int) in.int64(),
                    (int) in.int64(),
                    (int) in.int64(),
                    (int) in.int64(),
                    in.bool(),
                    in.bool(),
                    in.bool(),
                    in.int64());
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    void write(CanonicalWriter out) {
        out.int64(x).int64(y).int64(width).int64(height);
        out.bool(maximised).bool(minimised).bool(elsewhere).int64(window);
    }

    private static int pixels(double value) {
        return Math.clamp(Math.round(value), -LARGEST, LARGEST);
    }
}
