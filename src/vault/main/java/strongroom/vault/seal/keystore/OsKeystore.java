package strongroom.vault.seal.keystore;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// Secret Service, Keychain and Credential Manager by java-keyring, opened for each operation because services
/// come and go. What the library does with a locked store differs (says "missing", throws a
/// NullPointerException), so "missing" is believed only after the store was seen to be open. The library takes
/// and gives text: the key is in a `String` for the time of a call and until the collector comes; it is half of
/// a key at most when an authorisation is mixed in.
final class OsKeystore implements Keystore {
    private static final Logger LOG = LoggerFactory.getLogger(OsKeystore.class);
    private static final String SERVICE = "org.strongroom.vault";
    /// The library keeps its connection in a static field.
    private static final ReentrantLock TURN = new ReentrantLock(true);

    private final Backend backend;
    private final RandomGenerator random;

    /// @param backend any but KWallet
    OsKeystore(Backend backend, RandomGenerator random) {
        this.backend = backend;
        this.random = random;
    }

    @FunctionalInterface
    private interface Step<T> {
        T take(Keyring keyring) throws SealException;
    }

    /// Only the Secret Service says so.
    @Override
    public void requireOpen() throws SealException {
        if (backend == Backend.SECRET_SERVICE) {
            try (SessionBus bus = SessionBus.open()) {
                SecretService.requireOpen(bus);
            }
        }
    }

    @Override
    public void check() throws SealException {
        with(keyring -> probe(keyring));
    }

    @Override
    public void write(String item, SecretBytes key) throws SealException {
        with(keyring -> put(keyring, item, key));
    }

    @Override
    public SecretBytes read(String item) throws SealException {
        return with(keyring -> {
            try {
                return decode(keyring.getPassword(SERVICE, item));
            } catch (PasswordAccessException e) {
                requireStillOpen(keyring);
                throw new SealException(Why.FOREIGN, "The keyring has no key for this store any more.", e);
            }
        });
    }

    @Override
    public void delete(String item) throws SealException {
        with(keyring -> {
            try {
                keyring.deletePassword(SERVICE, item);
            } catch (PasswordAccessException e) {
                requireStillOpen(keyring);
                LOG.debug("keyring item {} was gone already", item);
            }
            return item;
        });
    }

    /// Where nothing says so, only keeping something shows it.
    private void requireStillOpen(Keyring keyring) throws SealException {
        if (backend == Backend.SECRET_SERVICE) {
            requireOpen();
            return;
        }
        try {
            probe(keyring);
        } catch (SealException | RuntimeException e) {
            throw new SealException(Why.LOCKED, "The keyring is locked. Unlock it and try again.", e);
        }
    }

    private String probe(Keyring keyring) throws SealException {
        String item = "probe " + Id.random(random);
        try (SecretBytes key = SecretBytes.random(KEY, random)) {
            put(keyring, item, key);
            keyring.deletePassword(SERVICE, item);
            return item;
        } catch (PasswordAccessException e) {
            throw refused(e);
        }
    }

    private static String put(Keyring keyring, String item, SecretBytes key) throws SealException {
        try {
            keyring.setPassword(SERVICE, item, key.<String, RuntimeException>use(HexFormat.of()::formatHex));
            try (SecretBytes kept = decode(keyring.getPassword(SERVICE, item))) {
                if (!kept.matches(key)) {
                    throw new SealException(Why.FAILED, "The keyring did not keep what it was given.");
                }
            }
            return item;
        } catch (PasswordAccessException e) {
            throw refused(e);
        }
    }

    private static SecretBytes decode(String text) throws SealException {
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            if (bytes.length == KEY) {
                return SecretBytes.ofAndZero(bytes);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("a keyring item is not a key");
        }
        throw new SealException(Why.FOREIGN, "The keyring has something else in place of the key.");
    }

    private <T> T with(Step<T> step) throws SealException {
        TURN.lock();
        try {
            Keyring keyring = backend == Backend.SECRET_SERVICE
                    ? Keyring.create(KeyringStorageType.GNOME_KEYRING)
                    : Keyring.create();
            try {
                return step.take(keyring);
            } finally {
                close(keyring);
            }
        } catch (BackendNotSupportedException e) {
            throw new SealException(Why.ABSENT, "There is no keyring service.", e);
        } catch (RuntimeException e) {
            // A store that locks or vanishes while it is asked shows as a NullPointerException from its depth.
            throw refused(e);
        } finally {
            TURN.unlock();
        }
    }

    private static void close(Keyring keyring) {
        try {
            keyring.close();
        } catch (Exception e) {
            // Declared by the library; what was asked for has been answered by now.
            LOG.debug("the keyring did not close", e);
        }
    }

    private static SealException refused(Exception e) {
        return new SealException(Why.FAILED, "The keyring refused.", e);
    }
}
