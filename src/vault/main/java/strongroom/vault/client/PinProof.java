package strongroom.vault.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import strongroom.protocol.policy.PinPolicy;

/// How long ago the PIN was shown to an open vault, for what the organisation wants it again. An unlock shows it. Safe
/// for several threads.
final class PinProof {
    /// Long enough for one thing with its questions, too short to be of use to who finds the machine open.
    static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final PolicyInForce<PinPolicy> policy;
    private final LongSupplier nanoTime;
    private volatile long shown;

    /// @param nanoTime as {@link System#nanoTime}: no clock that somebody sets
    PinProof(PolicyInForce<PinPolicy> policy, LongSupplier nanoTime) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.shown = nanoTime.getAsLong();
    }

    /// The PIN was right.
    void shown() {
        shown = nanoTime.getAsLong();
    }

    /// Something that the organisation may want the PIN for.
    ///
    /// @param <T> what comes of it
    @FunctionalInterface
    interface Act<T> {
        T run() throws ClientException;
    }

    /// Does it, if it may be done. The minute begins anew when it is over: what takes long is often many, one behind
    /// the other.
    ///
    /// @throws ClientException `PIN_NEEDED` if the organisation wants the PIN and it was shown too long ago
    <T> T guard(Act<T> act) throws ClientException {
        require();
        T done = act.run();
        shown();
        return done;
    }

    private void require() throws ClientException {
        boolean wanted = policy.get().map(PinPolicy::askAgain).orElse(false);
        if (wanted && nanoTime.getAsLong() - shown > GOOD_FOR.toNanos()) {
            throw new ClientException(
                    Problem.PIN_NEEDED,
                    "Your organisation wants the PIN before this, and it was entered more than a minute ago. Enter it"
                            + " again.");
        }
    }
}
