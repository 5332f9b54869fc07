package strongroom.vault.sync.tls;

import java.io.IOException;

/// Something answers and it is not the server that was enrolled with, or it does not take this device. No byte of
/// a request was sent. The message is a sentence or two for the user: what was seen and what to do.
public final class ChannelDeniedException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What was seen.
    public enum Reason {
        /// The organisation's authority vouches for another key than the pinned ones.
        WRONG_KEY,
        /// The key is pinned and its certificate comes from another authority.
        OTHER_AUTHORITY,
        /// Neither key nor authority are the organisation's: somebody opens the connections of this network.
        INSPECTION,
        /// The certificate is past its date, or this machine's clock is wrong.
        EXPIRED,
        /// The certificate is not good yet, or this machine's clock is wrong.
        NOT_YET_VALID,
        /// The certificate is for another host.
        WRONG_HOST,
        /// TLS 1.3 is not offered.
        TLS_VERSION,
        /// What answers does not speak TLS, or breaks its rules.
        NOT_TLS,
        /// The server does not take this device's certificate.
        DEVICE_CERTIFICATE
    }

    private final Reason reason;

    ChannelDeniedException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    /// @param sentence for the user
    public ChannelDeniedException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /// What was seen, told apart.
    public Reason reason() {
        return reason;
    }
}
