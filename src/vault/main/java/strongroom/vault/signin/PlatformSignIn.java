package strongroom.vault.signin;

/// The operating system's own way to recognise the person who is signed in. A gate before something that is
/// open anyway (a vault that was covered for a moment, an export), where policy accepts one; **never the key
/// gate**: no key is bound to its answer, which a program with rights over our process can forge. Safe for
/// several threads; one question at a time.
public interface PlatformSignIn extends AutoCloseable {
    /// What came of a question.
    enum Verdict {
        /// It is the person who is signed in.
        VERIFIED,
        /// It is not, or was not shown to be, and was told so by the system.
        REFUSED,
        /// The person did not want to answer, or the question was closed.
        CANCELLED,
        /// Another question is being asked.
        BUSY,
        /// This system cannot ask, at the moment or at all; the PIN remains.
        UNAVAILABLE
    }

    /// Whether a question is likely to be asked. Asks nobody; may wait for the system for a moment.
    boolean isAvailable();

    /// Asks, and waits for the answer, which a person gives: half a minute is nothing.
    ///
    /// @param reason what the person will have allowed, as the system shows it
    Verdict ask(String reason);

    /// Ends a question that is being asked, which is thereby `CANCELLED`; afterwards every question is.
    @Override
    void close();
}
