package strongroom.vault.crypto;

/// What was opened is not what was sealed under this key, or not in this place. Says no more than that, whatever
/// was wrong: a difference between two refusals is what padding and format oracles live on.
public final class NotAuthenticException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Without a cause, for the same reason.
    public NotAuthenticException() {
        super("not authentic");
    }
}
