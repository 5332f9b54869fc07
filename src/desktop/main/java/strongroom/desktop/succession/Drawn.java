package strongroom.desktop.succession;

import javafx.animation.AnimationTimer;

/// Tells when the window's first pictures are drawn. On the thread of the window.
public final class Drawn extends AnimationTimer {
    private static final int PICTURES = 2;

    private final Runnable then;
    private int pictures;

    /// @param then called once
    public Drawn(Runnable then) {
        this.then = then;
    }

    @Override
    public void handle(long now) {
        pictures++;
        if (pictures > PICTURES) {
            stop();
            then.run();
        }
    }
}
