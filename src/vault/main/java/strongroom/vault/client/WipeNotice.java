package strongroom.vault.client;

import java.time.Instant;
import strongroom.protocol.Id;

/// What remains to be told after a wipe.
///
/// @param order the order's id
/// @param orderedBy name of the administrator who signed
/// @param reason what the administrator wrote
/// @param finished when the last key and file were gone; the epoch while it is still going on
/// @param receiptDelivered whether the server has the final receipt
public record WipeNotice(Id order, String orderedBy, String reason, Instant finished, boolean receiptDelivered) {}
