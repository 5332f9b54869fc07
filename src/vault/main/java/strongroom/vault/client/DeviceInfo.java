package strongroom.vault.client;

import java.time.Instant;
import strongroom.protocol.Id;

/// A device of this person.
///
/// @param id its id
/// @param name what its user called it
/// @param thisOne whether it is the one asked
/// @param status as the server says: `active`, `waiting`, `wiped` …
/// @param enrolled when, as the server says
/// @param approvalCode for a device that waits: the digits it shows; empty otherwise
public record DeviceInfo(Id id, String name, boolean thisOne, String status, Instant enrolled, String approvalCode) {
    /// Whether it waits for its keys.
    public boolean waiting() {
        return !approvalCode.isEmpty();
    }
}
