package strongroom.vault.agent;

import java.net.URI;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;

/// Who this device is.
///
/// @param server where it enrolled @param organisation whom it believes @param device its id @param person whose
public record AgentIdentity(URI server, Organisation organisation, Id device, Id person) {}
