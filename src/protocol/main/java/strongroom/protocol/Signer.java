package strongroom.protocol;

/// A private key that signs and is never seen: in hardware, in sealed memory or in a file. Implementations say
/// from which threads they may be called.
public interface Signer {
    /// The public half.
    VerifyingKey verifyingKey();

    /// @param message what is signed, of any length
    /// @return the signature, in the form that {@link VerifyingKey#verifies} takes
    /// @throws SigningException if the key did not answer
    byte[] sign(byte[] message) throws SigningException;

    /// The key did not answer: its hardware is gone, or refuses.
    final class SigningException extends Exception {
        private static final long serialVersionUID = 1L;

        /// @param message which key and what it said
        public SigningException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
