package strongroom.vault.agent;

import java.util.Optional;
import strongroom.protocol.Signed;

/// What the server has for recovery, as it came: the asker verifies it.
///
/// @param key the organisation's {@link strongroom.protocol.RecoveryKey}
/// @param grant what the person left for that key, a {@link strongroom.protocol.RecoveryGrant}
public record RecoveryOffer(Optional<Signed> key, Optional<Signed> grant) {}
