package strongroom.vault.identity;

import java.util.Optional;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

/// Where the machine's sealers come from. Asked anew each time, because a TPM or a keystore may come and go.
public interface SealerSource {
    /// The strongest sealer that this machine offers now; what it is was decided when the program was put together.
    KeySealer strongest() throws SealException;

    /// The sealer that made a thing.
    ///
    /// @throws SealException `ABSENT` if this machine does not offer it; another one is never tried instead
    KeySealer of(SealKind kind) throws SealException;

    /// A security chip that answers now, for what a weaker part sealed; empty if there is none. Seals nothing.
    Optional<KeySealer> strongerThan(SealKind kind);
}
