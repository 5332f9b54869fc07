package strongroom.vault.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

/// A machine whose parts can be taken out and put in, strongest first.
final class Parts implements SealerSource {
    private final Map<SealKind, KeySealer> parts = new LinkedHashMap<>();

    Parts(KeySealer... strongestFirst) {
        for (KeySealer part : strongestFirst) {
            parts.put(part.kind(), part);
        }
    }

    @Override
    public KeySealer strongest() throws SealException {
        for (KeySealer part : parts.values()) {
            if (answers(part)) {
                return part;
            }
        }
        throw new SealException(SealException.Why.ABSENT, "There is nothing.");
    }

    @Override
    public KeySealer of(SealKind kind) throws SealException {
        KeySealer part = parts.get(kind);
        if (part == null) {
            throw new SealException(SealException.Why.ABSENT, "There is no such part.");
        }
        return part;
    }

    @Override
    public Optional<KeySealer> strongerThan(SealKind kind) {
        return parts.values().stream()
                .takeWhile(part -> part.kind() != kind)
                .filter(Parts::answers)
                .findFirst();
    }

    private static boolean answers(KeySealer part) {
        try {
            part.check();
            return true;
        } catch (SealException expected) {
            return false;
        }
    }
}
