package strongroom.desktop.document;

import java.io.IOException;

/// Asks a decoder to give up. Any thread.
final class Stop {
    private volatile boolean asked;

    void ask() {
        asked = true;
    }

    /// @throws Asked if it should give up
    void check() throws IOException {
        if (asked) {
            throw new Asked();
        }
    }

    /// The decoder gave up because it was asked to.
    static final class Asked extends IOException {
        private static final long serialVersionUID = 1L;

        Asked() {
            super("asked to stop");
        }
    }
}
