package strongroom.vault.store;

/// The store could not do what it was asked to. The message is one sentence for the user. Nothing was half done.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Why {
        /// No such entry.
        NOT_FOUND,
        /// The name is taken or not allowed.
        NAME_REFUSED,
        /// Something stored is not authentic, missing or out of its place.
        DAMAGED,
        /// The content is known and not on this device.
        NOT_LOCAL,
        /// The disk is full.
        DISK_FULL,
        /// A source of the user's cannot be read.
        SOURCE_UNREADABLE,
        /// What the server sent contradicts what it sent before, or is not signed by whom it must be.
        CONTRADICTION,
        /// The calling thread was interrupted.
        CANCELLED,
        /// The store was closed (locked).
        CLOSED,
        /// Reading or writing failed for another reason.
        IO
    }

    private final Why why;
    private final String sentence;

    /// @param sentence for the user
    public StoreException(Why why, String sentence) {
        super(sentence);
        this.why = why;
        this.sentence = sentence;
    }

    /// @param sentence for the user @param cause what failed below
    public StoreException(Why why, String sentence, Throwable cause) {
        super(sentence, cause);
        this.why = why;
        this.sentence = sentence;
    }

    /// Why, told apart.
    public Why why() {
        return why;
    }

    /// The message.
    public String sentence() {
        return sentence;
    }
}
