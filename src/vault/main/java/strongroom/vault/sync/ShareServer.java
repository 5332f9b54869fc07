package strongroom.vault.sync;

import java.time.Duration;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.Evaluation;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.LeaseRequest;
import strongroom.protocol.share.ShareKey;

/// The server's part in unlocking. Nothing that comes from it is verified here but its form.
public interface ShareServer {
    /// What came of a blinded PIN.
    sealed interface Answer {
        /// Evaluated; a try was counted.
        record Evaluated(Evaluation evaluation) implements Answer {}

        /// Too many tries. @param pause until the next one
        record Paused(Duration pause) implements Answer {}
    }

    /// Makes a key for a slot; the one there is, if it was made before.
    ///
    /// @param confirmation checks the confirmations of this slot
    ShareKey registerShare(Id slot, VerifyingKey confirmation) throws SyncException;

    /// Evaluates. @param element {@link ShareKey#POINT} bytes
    Answer evaluateShare(Id slot, byte[] element) throws SyncException;

    /// Gives a try back. @param confirmation signed by the slot's key
    void confirmShare(Id slot, Signed confirmation) throws SyncException;

    /// A lease, from what the machine shows.
    Lease.Granted lease(Id slot, LeaseRequest request) throws SyncException;
}
