package strongroom.desktop.document;

import java.time.Duration;

/// What the viewer takes on at most.
///
/// @param textBytes how much of a text is read
/// @param pictureBytes the largest picture that is read
/// @param pixels the largest picture that is kept in memory; larger ones are decoded smaller
/// @param time how long decoding may take before it is given up
public record Limits(int textBytes, int pictureBytes, int pixels, Duration time) {
    /// For the viewer.
    public static final Limits VIEWER = new Limits(8_000_000, 256_000_000, 16 << 20, Duration.ofSeconds(8));

    /// For the small preview beside the list.
    public static final Limits PREVIEW = new Limits(16 << 10, 24_000_000, 1 << 20, Duration.ofSeconds(5));
}
