package strongroom.vault.sync;

import java.util.Optional;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;

/// What the organisation lays down, as the server carries it. Nothing of it is verified here but its form.
public interface PolicyServer {
    /// The policy of a kind that is in force; empty if none was ever set, or the server knows no such kind.
    Optional<SignedPolicy> policy(PolicyKind<?> kind) throws SyncException;
}
