package strongroom.vault.sync.tls;

import java.io.IOException;

/// Nobody answers: no network, no such host, nothing listens, the line broke. Nothing suspicious was seen.
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
