package strongroom.vault.store;

import java.util.Optional;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;

/// Whose signatures under commits count.
@FunctionalInterface
public interface Authors {
    /// The signing key of a person who may write to a vault; empty for anyone else.
    Optional<VerifyingKey> keyOf(Id vault, Id person);
}
