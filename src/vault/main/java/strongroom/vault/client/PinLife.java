package strongroom.vault.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.policy.PinPolicy;
import strongroom.vault.slot.SlotFile;

/// Whether a PIN that opens is still one that the organisation wants. Its length is judged when it is typed, so nobody
/// has to write it down; its age by what the slot says, which its key binds. Safe for several threads.
final class PinLife {
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final PolicyInForce<PinPolicy> policy;
    private final TrustedTime time;

    PinLife(PolicyInForce<PinPolicy> policy, TrustedTime time) {
        this.policy = policy;
        this.time = time;
    }

    /// What a new PIN must be.
    PinRules rules(Assurance assurance) {
        return PinRules.of(assurance, policy.get().map(PinPolicy::shortest).orElse(0));
    }

    /// Why another PIN is needed; empty if this one is well.
    ///
    /// @param length of the PIN that opened, in characters @param slot which it opened
    Optional<UnlockResult.NewPinNeeded.Why> judge(int length, SlotFile slot) {
        Optional<PinPolicy> rules = policy.get();
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        if (length < rules.get().shortest()) {
            return Optional.of(UnlockResult.NewPinNeeded.Why.TOO_SHORT);
        }
        return rules.get().longestAge() > 0
                        && isTooOld(slot.since(), Duration.ofDays(rules.get().longestAge()), time.now(slot))
                ? Optional.of(UnlockResult.NewPinNeeded.Why.TOO_OLD)
                : Optional.empty();
    }

    /// A PIN of an age that nobody knows is too old, and so is one of the future: then a clock was wrong.
    private static boolean isTooOld(@Nullable Instant since, Duration longest, Instant now) {
        return since == null
                || since.minus(CLOCKS_DIFFER).isAfter(now)
                || since.plus(longest).isBefore(now);
    }
}
