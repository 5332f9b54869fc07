package strongroom.vault.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.share.SharePolicy;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.KeptPolicy;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.slot.LeaseFiles;
import strongroom.vault.slot.ShareSource;
import strongroom.vault.slot.SlotShare;

/// The server's share as this window gets it, and whether the organisation wants it.
///
/// @param identity whose organisation signs policies
record ServerShares(
        KeptPolicy policies,
        LeaseFiles leases,
        DeviceIdentity identity,
        AgentConnection agent,
        Clock clock,
        SecureRandom random) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerShares.class);

    static ServerShares of(
            Home home, DeviceIdentity identity, AgentConnection agent, Clock clock, SecureRandom random) {
        return new ServerShares(new KeptPolicy(home), new LeaseFiles(home.slots()), identity, agent, clock, random);
    }

    /// The share of a slot that this sealer made.
    ShareSource of(KeySealer sealer) {
        boolean leased = policy().filter(policy -> policy.mode() == SharePolicy.Mode.LEASE)
                .isPresent();
        return new ServerShare(agent, leases, sealer.leases(), leased, clock, random);
    }

    /// The number of the policy that wants a share for a slot; null if none is wanted. A policy older than what
    /// the slot follows changes nothing.
    @Nullable
    Long wanted(@Nullable SlotShare present) {
        long followed = present == null ? 0 : present.policy();
        Optional<SharePolicy> policy = policy().filter(kept -> kept.number() >= followed);
        if (policy.isEmpty()) {
            return present == null ? null : followed;
        }
        return policy.get().mode() == SharePolicy.Mode.OFF ? null : policy.get().number();
    }

    private Optional<SharePolicy> policy() {
        try {
            return policies.verified(identity.enrolled().organisation());
        } catch (IdentityException | IOException e) {
            LOG.warn("the policy cannot be read: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
