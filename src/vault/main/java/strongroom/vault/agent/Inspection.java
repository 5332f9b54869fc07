package strongroom.vault.agent;

import org.jspecify.annotations.Nullable;
import strongroom.protocol.CodeStatus;
import strongroom.protocol.Organisation;
import strongroom.protocol.policy.SignedPolicy;

/// What a server says of itself and of a code. The agent has checked that the server holds a key that this
/// organisation's root signed; whether the root is the one of the code is for the holder of the code to check.
///
/// @param organisation root and pins @param code certificates of the code, not verified
/// @param pinPolicy what a PIN must be, not verified; null if nobody said
public record Inspection(
        Organisation organisation,
        CodeStatus code,
        @Nullable SignedPolicy pinPolicy) {}
