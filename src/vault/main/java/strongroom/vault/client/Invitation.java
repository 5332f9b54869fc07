package strongroom.vault.client;

import java.net.URI;
import java.time.Instant;

/// What a valid enrolment code says, after server and code were checked against each other.
///
/// @param server where it was checked
/// @param organisation the organisation's name
/// @param person whom the administrator made it for
/// @param expires until when it can be used
/// @param firstDevice whether this will be the person's first device; a later one waits for approval by another
/// @param shortestPin fewest characters of a PIN that the organisation takes; a machine that counts no wrong ones may
///     want more
public record Invitation(
        URI server, String organisation, String person, Instant expires, boolean firstDevice, int shortestPin) {}
