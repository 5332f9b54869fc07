package strongroom.server.admin;

/// The server refused, contradicts what was signed, or is not there. The message is a sentence for the administrator.
public final class AdminException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param sentence what happened and, where there is something, what to do
    public AdminException(String sentence) {
        super(sentence);
    }

    /// @param sentence what happened @param cause what it was at the bottom
    public AdminException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
