package strongroom.vault.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Refusal;
import strongroom.vault.sync.tls.ChannelDeniedException;

/// A conversation with the server did not come to its end. The message is a sentence or two for the user. Whatever
/// the reason, nothing local was deleted, and what was sent may be sent again.
public final class SyncException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Why {
        /// Nobody answers, or the server is not ready.
        OFFLINE,
        /// Something else answers in the server's place.
        CHANNEL_DENIED,
        /// The server knows this device and refuses it.
        DEVICE_REFUSED,
        /// The server refused one request; {@link SyncException#refusal} says which way.
        REFUSED,
        /// The server said what cannot be, or what contradicts what it said before.
        CONTRADICTS,
        /// The local store failed.
        STORE
    }

    private final Why why;
    private final @Nullable Refusal refusal;

    private SyncException(Why why, @Nullable Refusal refusal, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.why = why;
        this.refusal = refusal;
    }

    /// @param sentence for the user
    SyncException(Why why, String sentence) {
        this(why, null, sentence, null);
    }

    /// @param sentence for the user @param cause what failed below
    SyncException(Why why, String sentence, Throwable cause) {
        this(why, null, sentence, cause);
    }

    /// @param explained what TLS made of a failed call
    static SyncException ofChannel(IOException explained) {
        boolean denied = explained instanceof ChannelDeniedException;
        boolean device = explained instanceof ChannelDeniedException channel
                && channel.reason() == ChannelDeniedException.Reason.DEVICE_CERTIFICATE;
        Why why = device ? Why.DEVICE_REFUSED : denied ? Why.CHANNEL_DENIED : Why.OFFLINE;
        return new SyncException(why, null, String.valueOf(explained.getMessage()), explained);
    }

    /// @param refusal as the server named it
    static SyncException ofRefusal(Refusal refusal) {
        return switch (refusal) {
            case DEVICE_NOT_ACTIVE ->
                new SyncException(
                        Why.DEVICE_REFUSED,
                        refusal,
                        "Your organisation does not let this device in at present. Nothing was deleted."
                                + " Ask your administrator.",
                        null);
            case NO_ROOM ->
                new SyncException(
                        Why.REFUSED,
                        refusal,
                        "The server has no room left. Changes wait here. Tell your administrator.",
                        null);
            case CODE_UNKNOWN ->
                new SyncException(
                        Why.REFUSED,
                        refusal,
                        "The server does not know this enrolment code. Check it, or ask for a new one.",
                        null);
            case CODE_USED ->
                new SyncException(
                        Why.REFUSED,
                        refusal,
                        "This enrolment code was used already. Ask your administrator for a new one.",
                        null);
            case CODE_EXPIRED ->
                new SyncException(
                        Why.REFUSED,
                        refusal,
                        "This enrolment code has expired. Ask your administrator for a new one.",
                        null);
            case CHUNK_MISSING ->
                new SyncException(
                        Why.REFUSED,
                        refusal,
                        "The server lost a part of a document that it had taken. It is sent again; nothing is lost here.",
                        null);
            case PAUSED ->
                new SyncException(
                        Why.REFUSED, refusal, "The server counted too many tries. Wait, then try again.", null);
            case HEAD_MOVED, CHUNK_DIFFERS, NOT_FOUND, MALFORMED, NOT_ADMINISTRATOR, TOO_LARGE, CONFLICT ->
                new SyncException(Why.REFUSED, refusal, "The server refused a request (" + refusal + ").", null);
        };
    }

    /// Why, told apart.
    public Why why() {
        return why;
    }

    /// What the server named; null if it named nothing.
    public @Nullable Refusal refusal() {
        return refusal;
    }
}
