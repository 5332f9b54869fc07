package strongroom.vault.wipe;

/// An order could not be carried out, or a home that is being wiped cannot be read. The message is one sentence for
/// the user.
public final class WipeException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param sentence for the user
    public WipeException(String sentence) {
        super(sentence);
    }

    /// @param sentence for the user @param cause what failed below
    public WipeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
