package strongroom.vault.client;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.policy.Policy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.KeptPolicy;

/// The policy of a kind that this device keeps, as the window reads it: anew each time, since the agent renews it.
/// Before enrolment there is none. Safe for several threads.
///
/// @param <P> what such a policy says
final class PolicyInForce<P extends Policy> {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);

    private final KeptPolicy<P> kept;
    private final DeviceIdentity identity;

    /// @param identity whose organisation signs policies
    PolicyInForce(Home home, DeviceIdentity identity, PolicyKind<P> kind) {
        this.kept = new KeptPolicy<>(home, kind);
        this.identity = identity;
    }

    /// What it says; empty if there is none.
    Optional<P> get() {
        try {
            return kept.signed().isEmpty()
                    ? Optional.empty()
                    : kept.verified(identity.enrolled().organisation());
        } catch (IdentityException | IOException e) {
            LOG.warn("the policy cannot be read: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /// The same with its signatures, not verified.
    Optional<SignedPolicy> signed() throws IOException {
        return kept.signed();
    }
}
