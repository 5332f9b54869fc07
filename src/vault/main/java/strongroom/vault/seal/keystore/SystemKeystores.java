package strongroom.vault.seal.keystore;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import strongroom.vault.platform.OperatingSystem;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// Those of the system and session that this program runs in: one on Windows and macOS; on Linux a Secret
/// Service, or else KWallet. A session can have another one than the session before, since people change
/// desktops.
final class SystemKeystores implements Keystores {
    /// The first choice first.
    private final Map<Backend, Keystore> here = new EnumMap<>(Backend.class);

    SystemKeystores(RandomGenerator random) {
        Backend first = Backend.of(OperatingSystem.current());
        here.put(first, new OsKeystore(first, random));
        if (first == Backend.SECRET_SERVICE) {
            here.put(Backend.KWALLET, new KWallet(random));
        }
    }

    @Override
    public Backend present() throws SealException {
        return answering(here.keySet())
                .orElseThrow(() -> new SealException(Why.ABSENT, "There is no keyring service."));
    }

    @Override
    public Keystore open(Backend backend) throws SealException {
        Keystore keystore = here.get(backend);
        if (keystore == null) {
            throw elsewhere(backend, Backend.of(OperatingSystem.current()));
        }
        try {
            requireOpen(keystore);
            return keystore;
        } catch (SealException e) {
            Optional<Backend> other =
                    e.why() == Why.ABSENT ? answering(EnumSet.complementOf(EnumSet.of(backend))) : Optional.empty();
            throw other.isPresent() ? elsewhere(backend, other.get()) : e;
        }
    }

    /// The first of these that is there, if only locked.
    private Optional<Backend> answering(Set<Backend> among) {
        return here.entrySet().stream()
                .filter(each -> among.contains(each.getKey()))
                .filter(each -> answers(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean answers(Keystore keystore) {
        try {
            requireOpen(keystore);
            return true;
        } catch (SealException e) {
            return e.why() != Why.ABSENT;
        }
    }

    /// Whoever owns the name of a service may answer anything, and an answer of another kind is no failure of ours.
    private static void requireOpen(Keystore keystore) throws SealException {
        try {
            keystore.requireOpen();
        } catch (RuntimeException e) {
            throw new SealException(Why.FAILED, "The keyring service gives an answer that makes no sense.", e);
        }
    }

    private static SealException elsewhere(Backend backend, Backend other) {
        return new SealException(
                Why.ELSEWHERE,
                "This store's key is in " + backend.label() + ", and this session has " + other.label()
                        + " in its place.");
    }
}
