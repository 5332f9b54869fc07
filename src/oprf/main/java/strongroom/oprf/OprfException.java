package strongroom.oprf;

/// Bytes that are no element, no scalar or no proof of this group, or an answer that its proof does not hold
/// for. Nothing of them may be used.
public final class OprfException extends Exception {
    private static final long serialVersionUID = 1L;

    OprfException(String message) {
        super(message);
    }

    OprfException(String message, Throwable cause) {
        super(message, cause);
    }
}
