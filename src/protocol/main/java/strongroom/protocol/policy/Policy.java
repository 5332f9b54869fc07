package strongroom.protocol.policy;

import java.time.Instant;

/// Something that administrators lay down for all laptops. A switch over it has no default.
public sealed interface Policy permits SharePolicy, PinPolicy {
    /// Counts up within its kind; a device never goes back to a lower one.
    long number();

    /// When it was signed.
    Instant issued();

    /// Which kind it is.
    PolicyKind<?> kind();

    /// In canonical bytes, without a signature.
    byte[] toByteArray();
}
