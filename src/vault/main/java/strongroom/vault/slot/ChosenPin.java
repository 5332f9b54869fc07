package strongroom.vault.slot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.SecretBytes;

/// A PIN that a slot is made for.
///
/// @param pin borrowed
/// @param since when a person chose it; null if nobody wrote that down
public record ChosenPin(SecretBytes pin, @Nullable Instant since) {}
