package strongroom.vault.client;

import java.time.Instant;
import strongroom.protocol.Id;

/// What remains to be told after a wipe.
///
/// @param order id of the order, or of the destruction
/// @param orderedBy name of the administrator who signed it, or the rule
/// @param reason what the administrator wrote
/// @param finished when the last key and file were gone; the epoch while it is still going on
/// @param receiptDelivered whether the server has the final receipt
/// @param wrongPins how many there were, where the organisation's rule for them destroyed the keys; 0 for an order
public record WipeNotice(
        Id order, String orderedBy, String reason, Instant finished, boolean receiptDelivered, int wrongPins) {
    /// Of an order.
    public WipeNotice(Id order, String orderedBy, String reason, Instant finished, boolean receiptDelivered) {
        this(order, orderedBy, reason, finished, receiptDelivered, 0);
    }
}
