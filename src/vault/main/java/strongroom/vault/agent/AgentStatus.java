package strongroom.vault.agent;

import strongroom.vault.sync.SyncStatus;

/// Where the agent's device stands.
///
/// @param standing to the organisation @param sync to the server
public record AgentStatus(Standing standing, SyncStatus sync) {
    /// How a device stands to its organisation.
    public enum Standing {
        /// No identity yet.
        NOT_ENROLLED,
        /// In use.
        ACTIVE,
        /// Frozen by an order.
        FROZEN,
        /// Being wiped.
        WIPING,
        /// Wiped; only the notice is left.
        WIPED
    }
}
