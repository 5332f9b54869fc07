package strongroom.vault.agent;

/// The agent did not do what it was asked to, or is not there. The message is a sentence or two for the user.
public final class AgentException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why; most have the name of the problem that the client shows.
    public enum Why {
        /// The agent does not answer and could not be started.
        AGENT_MISSING,
        /// This device has not enrolled.
        NOT_ENROLLED,
        /// This device has enrolled already, elsewhere or with another code.
        ALREADY_ENROLLED,
        /// The server does not know the code.
        CODE_WRONG,
        /// The code was used by another request.
        CODE_USED,
        /// The code is past its date.
        CODE_EXPIRED,
        /// The server cannot be reached, or is not ready.
        OFFLINE,
        /// Something else answers in the server's place.
        CHANNEL_DENIED,
        /// The server knows this device and refuses it.
        DEVICE_REFUSED,
        /// The server refused this one request.
        REFUSED,
        /// The server contradicts itself.
        SERVER_CONTRADICTS,
        /// What must seal the device's keys does not answer.
        SEAL_ABSENT,
        /// The keystore that must seal the device's keys is locked.
        SEAL_LOCKED,
        /// What sealed the device's keys does not open them any more.
        SEAL_BROKEN,
        /// The device was wiped, or is being wiped.
        WIPED,
        /// Reading or writing failed here.
        IO
    }

    private final Why why;

    /// @param sentence for the user
    public AgentException(Why why, String sentence) {
        super(sentence);
        this.why = why;
    }

    /// @param sentence for the user @param cause what failed below
    public AgentException(Why why, String sentence, Throwable cause) {
        super(sentence, cause);
        this.why = why;
    }

    /// Why, told apart.
    public Why why() {
        return why;
    }
}
