package strongroom.vault.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.policy.PinPolicy;
import strongroom.vault.home.Home;
import strongroom.vault.slot.LeaseFiles;
import strongroom.vault.slot.SeenTime;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.SlotShare;

/// What time it is at least, for the age of a PIN: the latest one of this machine's clock, of the times under the
/// signatures of the newest lease and of the policy of PINs, and of what this home saw before. Setting the clock back
/// makes no PIN younger than they say. Safe for several threads.
final class TrustedTime {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedTime.class);

    private final PolicyInForce<PinPolicy> policy;
    private final LeaseFiles leases;
    private final SeenTime seen;
    private final Clock clock;

    TrustedTime(Home home, PolicyInForce<PinPolicy> policy, Clock clock) {
        this.policy = policy;
        this.leases = new LeaseFiles(home.slots());
        this.seen = new SeenTime(home.slots().resolve("daily.seen"));
        this.clock = clock;
    }

    /// @param slot whose lease may know it better; null if there is none
    synchronized Instant now(@Nullable SlotFile slot) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PinPolicy rules = policy.get().orElse(null);
        if (rules == null || rules.longestAge() == 0) {
            // Nothing has an age, so nothing is written.
            return now;
        }
        now = later(now, rules.issued());
        try {
            SlotShare share = slot == null ? null : slot.share();
            if (slot != null && share != null) {
                Instant issued = leases.lease(slot.id(), share.key().lessor())
                        .map(kept -> kept.terms().issued())
                        .orElse(now);
                now = later(now, issued);
            }
            return seen.latest(now);
        } catch (IOException e) {
            LOG.warn("the time before cannot be read or noted");
            return now;
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
