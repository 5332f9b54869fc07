package strongroom.server.refusal;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Refusal;

/// A request that is not granted. What led here is rolled back: nothing of the request was used. The message goes to
/// the client, so it is one sentence without content, keys or internals. Carries no stack trace: anyone can cause it.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final @Nullable Duration wait;

    /// @param sentence for people, ending with a full stop
    public RefusedException(Refusal refusal, String sentence) {
        this(refusal, sentence, null);
    }

    private RefusedException(Refusal refusal, String sentence, @Nullable Duration wait) {
        super(sentence, null, false, false);
        this.refusal = refusal;
        this.wait = wait;
    }

    /// Too many tries. @param wait until the next one is taken
    public static RefusedException paused(Duration wait) {
        return new RefusedException(Refusal.PAUSED, "There were too many tries. Wait a while.", wait);
    }

    /// Something that is not there, or that the asking device may not know is there.
    public static RefusedException notFound() {
        return new RefusedException(Refusal.NOT_FOUND, "There is no such thing, or it is not for you.");
    }

    /// A request that does not follow the protocol. @param sentence what is wrong with it
    public static RefusedException malformed(String sentence) {
        return new RefusedException(Refusal.MALFORMED, sentence);
    }

    /// What is told to programs.
    public Refusal refusal() {
        return refusal;
    }

    /// How long to wait before it is asked again, if that helps.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(wait);
    }

    /// What is told to people.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
