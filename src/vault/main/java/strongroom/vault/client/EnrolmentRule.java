package strongroom.vault.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.posture.SecondWay;
import strongroom.vault.client.EnrolmentState.Finished;
import strongroom.vault.client.EnrolmentState.Missing;
import strongroom.vault.client.EnrolmentState.Unfinished;
import strongroom.vault.store.KeptWays;

/// When an enrolment is finished, and when a recovery code is to be shown again: after a quarter, so that a paper that
/// nobody finds any more is missed while the machine still opens.
final class EnrolmentRule {
    /// How long a proof is good.
    static final Duration GOOD_FOR = Duration.ofDays(90);

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private EnrolmentRule() {}

    /// @param kept what was shown @param present which second way there is now
    /// @param slot the recovery slot that lies on the disk; null if there is none
    /// @param now by this machine's clock
    static EnrolmentState judge(KeptWays kept, RecoveryState present, @Nullable Digest slot, Instant now) {
        KeptWays.Second second = kept.second();
        return switch (present) {
            case RecoveryState.None _ -> new Unfinished(Missing.SECOND_WAY);
            case RecoveryState.Sheet _ ->
                slot == null || second == null || second.way() != SecondWay.CODE || !slot.equals(second.what())
                        ? new Unfinished(Missing.PROOF_OF_CODE)
                        : finished(kept, second, isDue(second.at(), kept.seen(), now));
            case RecoveryState.ByAdministrators _ ->
                second == null || second.way() != SecondWay.ADMINISTRATORS
                        ? new Unfinished(Missing.KEYS_FOR_ADMINISTRATORS)
                        // They show their shares by themselves.
                        : finished(kept, second, false);
        };
    }

    private static EnrolmentState finished(KeptWays kept, KeptWays.Second second, boolean due) {
        return kept.byPin() ? new Finished(second.at(), due) : new Unfinished(Missing.PIN);
    }

    /// A clock that is set back makes no proof younger than what was seen before, and a proof of the future was
    /// dated by a clock that was wrong: it is asked for anew.
    private static boolean isDue(Instant at, Instant seen, Instant now) {
        Instant latest = seen.isAfter(now) ? seen : now;
        return at.minus(CLOCKS_DIFFER).isAfter(now) || at.plus(GOOD_FOR).isBefore(latest);
    }
}
