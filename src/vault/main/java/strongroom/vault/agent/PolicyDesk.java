package strongroom.vault.agent;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.KeptPolicy;
import strongroom.vault.sync.PolicyServer;
import strongroom.vault.sync.SyncException;

/// Keeps what the organisation lays down new, of every kind, and never goes back. Safe for several threads.
final class PolicyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyDesk.class);
    private static final Duration CHECK = Duration.ofMinutes(4);

    private final DeviceIdentity identity;
    private final List<Kept> kept;
    private final Clock clock;
    private volatile @Nullable Instant checked;

    private record Kept(PolicyKind<?> kind, KeptPolicy<?> policy) {}

    PolicyDesk(Home home, DeviceIdentity identity, Clock clock) {
        this.identity = identity;
        this.kept = PolicyKind.all().stream()
                .map(kind -> new Kept(kind, new KeptPolicy<>(home, kind)))
                .toList();
        this.clock = clock;
    }

    /// The next contact looks for them.
    void due() {
        checked = null;
    }

    /// Part of a contact. What does not succeed is tried again at one of the next.
    synchronized void check(PolicyServer server) {
        Instant now = clock.instant();
        Instant last = checked;
        if (last != null && !now.isBefore(last) && now.isBefore(last.plus(CHECK))) {
            return;
        }
        checked = now;
        boolean well = false;
        try {
            for (Kept each : kept) {
                Optional<SignedPolicy> offered = server.policy(each.kind);
                if (offered.isPresent()
                        && each.policy.renew(offered.get(), identity.enrolled().organisation())) {
                    LOG.info("a newer {} policy is kept", each.kind);
                }
            }
            well = true;
        } catch (SyncException e) {
            LOG.info("policies are looked for later: {}", e.why());
        } catch (IdentityException | IOException e) {
            LOG.warn("policies are looked for later: {}", e.getClass().getSimpleName());
        } finally {
            if (!well) {
                due();
            }
        }
    }
}
