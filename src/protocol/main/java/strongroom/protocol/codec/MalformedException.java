package strongroom.protocol.codec;

/// Bytes that are not a canonical encoding of what was expected. Nothing of them may be used.
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message what was wrong, without any of the content
    public MalformedException(String message) {
        super(message);
    }

    /// @param message what was wrong, without any of the content
    /// @param cause the refusal of a part
    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
