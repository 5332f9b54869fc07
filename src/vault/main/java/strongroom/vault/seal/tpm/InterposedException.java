package strongroom.vault.seal.tpm;

/// Somebody sits between us and the TPM: a response came from one who does not know the session's key, or the
/// storage root key is not the one that was pinned although it can do what only that one can.
final class InterposedException extends Exception {
    private static final long serialVersionUID = 1L;

    InterposedException(String message) {
        super(message);
    }
}
