package strongroom.vault.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;

/// The part of the device port that is open to every device, also to one that is frozen, revoked or wiped.
public interface OrderServer {
    /// Orders as the server handed them out.
    ///
    /// @param orders not verified
    /// @param serverTime when, by the clock of the server at the other end of the channel
    record Delivery(List<SignedOrder> orders, Instant serverTime) {
        /// Copies the list.
        public Delivery {
            orders = List.copyOf(orders);
        }
    }

    /// Orders for this device with a number above `after`.
    Delivery orders(long after) throws SyncException;

    /// Leaves a receipt. The same receipt may be left again.
    void receipt(Id order, Signed receipt) throws SyncException;

    /// Tells that this device destroys its own keys. The same may be told again.
    ///
    /// @param statement a {@link strongroom.protocol.SelfDestruction}, by the device
    /// @param receipt what came of it; null before that
    void selfDestruction(Signed statement, @Nullable Signed receipt) throws SyncException;
}
