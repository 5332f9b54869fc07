package strongroom.desktop.library;

import java.util.List;

/// A short message about something that was done or could not be done.
///
/// @param tone how it looks
/// @param text one sentence or two
/// @param details lines to show on demand; empty if there are none
public record Notice(Tone tone, String text, List<String> details) {
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
        return new Notice(Tone.DONE, text, List.of());
    }

    static Notice failed(String text) {
        return new Notice(Tone.FAILED, text, List.of());
    }
}
