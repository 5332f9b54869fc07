package strongroom.vault.identity;

import java.util.Optional;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealKind;

/// A machine with one sealer, whatever is asked for.
public record OneSealer(KeySealer sealer) implements SealerSource {
    @Override
    public KeySealer strongest() {
        return sealer;
    }

    @Override
    public KeySealer of(SealKind kind) {
        return sealer;
    }

    @Override
    public Optional<KeySealer> strongerThan(SealKind kind) {
        return Optional.empty();
    }
}
