package strongroom.vault.seal.keystore;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// KWallet of KDE, by its own interface. A wallet that is closed is never opened here, since that shows a
/// dialogue, and a miss is believed only of a wallet that is open afterwards, since a closed one has no entries
/// either. What was written or removed is on the disk when the call returns. Safe for several threads.
final class KWallet implements Keystore {
    private static final Logger LOG = LoggerFactory.getLogger(KWallet.class);

    /// As the person reads it in KWallet's settings and questions.
    static final String APPLICATION = "Strongroom";

    static final String FOLDER = "Strongroom";

    private final RandomGenerator random;

    KWallet(RandomGenerator random) {
        this.random = random;
    }

    private record Wallet(SessionBus bus, KWalletDaemon daemon, int handle) {}

    @FunctionalInterface
    private interface Step<T> {
        T take(Wallet wallet) throws SealException;
    }

    @Override
    public void requireOpen() throws SealException {
        try (SessionBus bus = SessionBus.open()) {
            requireOpen(bus);
        }
    }

    @Override
    public void check() throws SealException {
        String item = "probe " + Id.random(random);
        try (SecretBytes key = SecretBytes.random(KEY, random)) {
            write(item, key);
        }
        delete(item);
    }

    @Override
    public void write(String item, SecretBytes key) throws SealException {
        with(wallet -> {
            int result = key.<Integer, RuntimeException>use(
                    bytes -> wallet.daemon.writeEntry(wallet.handle, FOLDER, item, bytes, APPLICATION));
            try (SecretBytes kept = read(wallet, item)) {
                if (result != 0 || !kept.matches(key)) {
                    throw new SealException(Why.FAILED, "The keyring did not keep what it was given.");
                }
            }
            wallet.daemon.sync(wallet.handle, APPLICATION);
            return item;
        });
    }

    @Override
    public SecretBytes read(String item) throws SealException {
        return with(wallet -> read(wallet, item));
    }

    @Override
    public void delete(String item) throws SealException {
        with(wallet -> {
            if (!wallet.daemon.hasEntry(wallet.handle, FOLDER, item, APPLICATION)) {
                requireStillOpen(wallet);
                LOG.debug("KWallet's entry {} was gone already", item);
            } else if (wallet.daemon.removeEntry(wallet.handle, FOLDER, item, APPLICATION) != 0) {
                requireStillOpen(wallet);
                throw new SealException(Why.FAILED, "The keyring did not remove what it was told to.");
            }
            // Also where it was gone: whoever removed it may have been cut off before this.
            wallet.daemon.sync(wallet.handle, APPLICATION);
            return item;
        });
    }

    private static SecretBytes read(Wallet wallet, String item) throws SealException {
        if (!wallet.daemon.hasEntry(wallet.handle, FOLDER, item, APPLICATION)) {
            requireStillOpen(wallet);
            throw new SealException(Why.FOREIGN, "The keyring has no key for this store any more.");
        }
        byte[] entry = wallet.daemon.readEntry(wallet.handle, FOLDER, item, APPLICATION);
        if (entry.length != KEY) {
            Arrays.fill(entry, (byte) 0);
            requireStillOpen(wallet);
            throw new SealException(Why.FOREIGN, "The keyring has something else in place of the key.");
        }
        return SecretBytes.ofAndZero(entry);
    }

    private static void requireStillOpen(Wallet wallet) throws SealException {
        requireOpen(wallet.bus);
        // Closed and opened again in between: the handle is of no use then, and all answers to it are.
        if (!wallet.daemon.isOpen(wallet.handle)) {
            throw locked();
        }
    }

    private static KWalletDaemon requireOpen(SessionBus bus) throws SealException {
        KWalletDaemon daemon = KWalletDaemon.find(bus)
                .orElseThrow(() -> new SealException(Why.ABSENT, "There is no keyring service."));
        try {
            if (!daemon.isEnabled()) {
                throw new SealException(Why.ABSENT, "KWallet is turned off.");
            }
            String wallet = daemon.localWallet();
            if (!daemon.wallets().contains(wallet)) {
                throw new SealException(Why.ABSENT, "The keyring service has no default keyring.");
            }
            if (bus.owner(KWalletDaemon.SECRETS).isPresent()) {
                // The daemon knows there only which of its own callers asked for the wallet.
                SecretService.requireUnlocked(bus, KWalletDaemon.SECRETS);
            } else if (!daemon.isOpen(wallet)) {
                throw locked();
            }
            return daemon;
        } catch (DBusExecutionException e) {
            throw new SealException(Why.ABSENT, "The keyring service does not answer.", e);
        }
    }

    /// One of the wallet's users is this program ever after: a wallet can be set to close with its last user,
    /// and only a dialogue opens it again. More than one entry among the users is no use.
    private static <T> T with(Step<T> step) throws SealException {
        try (SessionBus bus = SessionBus.open()) {
            KWalletDaemon daemon = requireOpen(bus);
            String name = daemon.localWallet();
            boolean counted = daemon.users(name).contains(APPLICATION);
            int handle = daemon.open(name, 0, APPLICATION);
            if (handle < 0) {
                requireOpen(bus);
                throw new SealException(
                        Why.NOT_PERMITTED, "KWallet does not let Strongroom in. Allow it there and try again.");
            }
            try {
                return step.take(new Wallet(bus, daemon, handle));
            } finally {
                if (counted) {
                    daemon.close(handle, false, APPLICATION);
                }
            }
        } catch (RuntimeException e) {
            // It refused, or something in its place gave an answer of another kind.
            throw new SealException(Why.FAILED, "The keyring refused.", e);
        }
    }

    private static SealException locked() {
        return new SealException(Why.LOCKED, "The keyring is locked. Unlock it and try again.");
    }
}
