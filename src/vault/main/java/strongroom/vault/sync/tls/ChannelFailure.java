package strongroom.vault.sync.tls;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import strongroom.vault.seal.SealException;
import strongroom.vault.sync.tls.ChannelDeniedException.Reason;

/// Tells "nobody is there" from "somebody else is there". The JDK gives most of the reasons as text only; a text
/// that is not known counts as suspicious when it came from TLS, and as a broken line otherwise.
final class ChannelFailure {
    private static final List<String> DEVICE_ALERTS = List.of(
            "certificate_required",
            "bad_certificate",
            "certificate_unknown",
            "certificate_expired",
            "certificate_revoked",
            "unsupported_certificate",
            "unknown_ca",
            "access_denied");
    private static final String RECEIVED = "received fatal alert";
    private static final List<String> VERSION = List.of("protocol_version", "protocol version", "handshake_failure");
    private static final List<String> BROKEN =
            List.of("terminated the handshake", "closed", "reset", "broken pipe", "timed out", "eof", "user_canceled");

    private ChannelFailure() {}

    static IOException of(IOException failure, String host) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChannelDeniedException || cause instanceof UnreachableException) {
                return (IOException) cause;
            }
            if (cause instanceof RefusedCertificateException refused) {
                return new ChannelDeniedException(refused.reason(), messageOf(refused), failure);
            }
            if (cause instanceof SealException seal) {
                // The device's own key did not sign: this says nothing about who is there.
                return new UnreachableException(messageOf(seal) + " Work goes on; changes wait.", failure);
            }
        }
        // Only now: an engine wraps our own refusal into a TLS exception that names the alert it sent.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return ofTls(messageOf(cause), failure, host);
            }
        }
        return new UnreachableException(
                "The server at " + host + " cannot be reached. Work goes on; changes wait until it can.", failure);
    }

    private static IOException ofTls(String message, IOException failure, String host) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains(RECEIVED) && mentions(lower, DEVICE_ALERTS)) {
            return new ChannelDeniedException(
                    Reason.DEVICE_CERTIFICATE,
                    "The server at " + host + " does not take this device's certificate. Nothing was deleted."
                            + " Ask your administrator for a new enrolment code.",
                    failure);
        }
        if (mentions(lower, VERSION)) {
            return new ChannelDeniedException(
                    Reason.TLS_VERSION,
                    "What answers at " + host + " does not speak TLS 1.3. Nothing was sent."
                            + " A network device may sit in between; tell your administrator.",
                    failure);
        }
        if (mentions(lower, BROKEN)) {
            return new UnreachableException(
                    "The connection to " + host + " broke. Work goes on; changes wait until it is back.", failure);
        }
        return new ChannelDeniedException(
                Reason.NOT_TLS,
                "What answers at " + host + " does not speak TLS as a server of ours does. Nothing was sent."
                        + " You may have to sign in to this network first.",
                failure);
    }

    private static boolean mentions(String message, List<String> words) {
        return words.stream().anyMatch(message::contains);
    }

    private static String messageOf(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? "" : message;
    }
}
