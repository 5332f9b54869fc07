package strongroom.desktop.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A short message about something that was done or could not be done.
///
/// @param tone how it looks
/// @param text one sentence or two
/// @param details lines to show on demand; empty if there are none
/// @param offer what can be done about it; null if nothing
public record Notice(
        Tone tone,
        String text,
        List<String> details,
        @Nullable Offer offer) {
    /// Something to do about a message. @param text on the button @param action runs at most once
    public record Offer(String text, Runnable action) {}

    /// How a notice looks.
    public enum Tone {
        /// Something was done.
        DONE,
        /// Something was done in part.
        PARTLY,
        /// Something was not done.
        FAILED
    }

    static Notice done(String text) {
        return new Notice(Tone.DONE, text, List.of(), null);
    }

    static Notice done(String text, Offer offer) {
        return new Notice(Tone.DONE, text, List.of(), offer);
    }

    static Notice partly(String text, List<String> details) {
        return new Notice(Tone.PARTLY, text, details, null);
    }

    static Notice failed(String text) {
        return new Notice(Tone.FAILED, text, List.of(), null);
    }
}
