package strongroom.vault.identity;

/// The device's identity is not there, cannot be used or was refused. The message is one sentence for the user; it
/// holds no secret. Nothing was half done.
public final class IdentityException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Why {
        /// This device has not enrolled.
        NOT_ENROLLED,
        /// What the server gave does not belong to this device's keys, or to its organisation.
        REPLY_REFUSED,
        /// A file of the identity is damaged.
        DAMAGED,
        /// Reading or writing failed.
        IO
    }

    private final Why why;

    /// @param sentence for the user
    public IdentityException(Why why, String sentence) {
        super(sentence);
        this.why = why;
    }

    /// @param sentence for the user @param cause what failed below
    public IdentityException(Why why, String sentence, Throwable cause) {
        super(sentence, cause);
        this.why = why;
    }

    /// Why, told apart.
    public Why why() {
        return why;
    }
}
