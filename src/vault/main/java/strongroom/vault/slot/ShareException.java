package strongroom.vault.slot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The server's share of a slot's key was not had. The message is a sentence or two for the user.
public final class ShareException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Why {
        /// The server cannot be asked now, and there is no lease.
        UNREACHABLE,
        /// The server cannot be asked now, and the lease has ended.
        LEASE_OVER,
        /// Too many tries: the server pauses.
        PAUSED,
        /// The server knows this device and refuses it.
        REFUSED,
        /// The server has no share for this slot (any more).
        GONE,
        /// What came is not what the server of this slot would say.
        UNTRUE
    }

    private final Why why;
    private final transient Duration pause;

    /// @param sentence for the user
    public ShareException(Why why, String sentence, @Nullable Throwable cause) {
        this(why, sentence, Duration.ZERO, cause);
    }

    private ShareException(Why why, String sentence, Duration pause, @Nullable Throwable cause) {
        super(sentence, cause);
        this.why = why;
        this.pause = pause;
    }

    /// @param pause until the next try
    public static ShareException paused(Duration pause) {
        return new ShareException(Why.PAUSED, "Too many wrong entries: the server pauses.", pause, null);
    }

    /// Why, told apart.
    public Why why() {
        return why;
    }

    /// For `PAUSED`: until the next try.
    public Duration pause() {
        return pause;
    }
}
