package strongroom.vault.sync;

import java.util.Optional;
import strongroom.protocol.Signed;

/// What the server keeps for the day when a person has no device left. Nothing of it is verified here.
public interface RecoveryServer {
    /// The organisation's recovery key, a {@link strongroom.protocol.RecoveryKey}; empty if there is none.
    Optional<Signed> recoveryKey() throws SyncException;

    /// What the person left for that key, a {@link strongroom.protocol.RecoveryGrant}; empty if they left
    /// nothing.
    Optional<Signed> recoveryGrant() throws SyncException;

    /// Leaves the person's keys, sealed to the recovery key.
    void putRecoveryGrant(Signed grant) throws SyncException;
}
