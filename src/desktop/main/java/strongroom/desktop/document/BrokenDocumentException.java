package strongroom.desktop.document;

import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Text;

/// A document cannot be shown.
final class BrokenDocumentException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String key;

    /// @param key of the sentence for the user
    BrokenDocumentException(String key) {
        super(key);
        this.key = key;
    }

    /// @param key of the sentence for the user
    BrokenDocumentException(String key, @Nullable Throwable cause) {
        super(key, cause);
        this.key = key;
    }

    /// The sentence for the user.
    String sentence() {
        return Text.of(key);
    }
}
