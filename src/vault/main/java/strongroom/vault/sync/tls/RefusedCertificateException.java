package strongroom.vault.sync.tls;

import java.security.cert.CertificateException;

/// Carries the reason of a refusal through the TLS engine, which only lets certificate exceptions pass.
final class RefusedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final ChannelDeniedException.Reason reason;

    RefusedCertificateException(ChannelDeniedException.Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    ChannelDeniedException.Reason reason() {
        return reason;
    }
}
