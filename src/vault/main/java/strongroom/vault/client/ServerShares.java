package strongroom.vault.client;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.slot.LeaseFiles;
import strongroom.vault.slot.ShareSource;
import strongroom.vault.slot.SlotShare;

/// The server's share as this window gets it, and whether the organisation wants it.
record ServerShares(
        PolicyInForce<SharePolicy> policy, LeaseFiles leases, AgentConnection agent, Clock clock, SecureRandom random) {
    static ServerShares of(
            Home home, DeviceIdentity identity, AgentConnection agent, Clock clock, SecureRandom random) {
        return new ServerShares(
                new PolicyInForce<>(home, identity, PolicyKind.SHARE),
                new LeaseFiles(home.slots()),
                agent,
                clock,
                random);
    }

    /// The share of a slot that this sealer made.
    ShareSource of(KeySealer sealer) {
        boolean leased = policy.get()
                .filter(kept -> kept.mode() == SharePolicy.Mode.LEASE)
                .isPresent();
        return new ServerShare(agent, leases, sealer.leases(), leased, clock, random);
    }

    /// The number of the policy that wants a share for a slot; null if none is wanted. A policy older than what
    /// the slot follows changes nothing.
    @Nullable
    Long wanted(@Nullable SlotShare present) {
        long followed = present == null ? 0 : present.policy();
        Optional<SharePolicy> kept = policy.get().filter(known -> known.number() >= followed);
        if (kept.isEmpty()) {
            return present == null ? null : followed;
        }
        return kept.get().mode() == SharePolicy.Mode.OFF ? null : kept.get().number();
    }
}
