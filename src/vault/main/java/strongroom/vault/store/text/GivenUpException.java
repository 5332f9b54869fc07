package strongroom.vault.store.text;

import java.io.IOException;

/// A limit was reached.
final class GivenUpException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Extraction.Why why;

    GivenUpException(Extraction.Why why) {
        super(why.name());
        this.why = why;
    }

    Extraction.Why why() {
        return why;
    }
}
