package strongroom.vault.seal;

import java.time.Duration;

/// A seal was not made or not opened. The message is one sentence for the user; it holds no secret.
public final class SealException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Why {
        /// The part does not answer: no TPM, no keystore service.
        ABSENT,
        /// The part is there and this user may not use it.
        NOT_PERMITTED,
        /// What sealed it does not answer here, and another keystore does in its place.
        ELSEWHERE,
        /// The keystore is locked.
        LOCKED,
        /// The authorisation was wrong and was counted.
        WRONG_AUTHORISATION,
        /// Too many wrong ones: refused for some time, also the right one.
        PAUSED,
        /// The sealed thing is not known to this part any more: other machine, cleared, deleted.
        FOREIGN,
        /// The machine was started in another way than when it sealed; the authorisation was not shown.
        OTHER_START,
        /// The sealed bytes are damaged.
        DAMAGED,
        /// The channel to the part is not what it was at sealing: somebody sits in between.
        INTERPOSED,
        /// The machine's clock or counters are not within the lease.
        LEASE_OVER,
        /// The lease is for something else, or its lessor did not sign it; the machine was not asked.
        LEASE_INVALID,
        /// Something else; the message says what.
        FAILED
    }

    private final Why why;
    private final transient Duration pause;

    /// @param sentence for the user
    public SealException(Why why, String sentence) {
        this(why, sentence, Duration.ZERO, null);
    }

    /// @param sentence for the user @param cause what the part said
    public SealException(Why why, String sentence, Throwable cause) {
        this(why, sentence, Duration.ZERO, cause);
    }

    /// @param pause for `PAUSED`: until the next try; zero if unknown
    public SealException(Why why, String sentence, Duration pause, @org.jspecify.annotations.Nullable Throwable cause) {
        super(sentence, cause);
        this.why = why;
        this.pause = pause;
    }

    /// Why, told apart.
    public Why why() {
        return why;
    }

    /// For `PAUSED`: until the next try; zero if unknown.
    public Duration pause() {
        return pause;
    }
}
