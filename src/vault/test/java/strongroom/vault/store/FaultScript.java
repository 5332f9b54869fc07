package strongroom.vault.store;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// What a store goes through in the tests that disturb it: always the same steps, so that a fault can be put at each
/// call of the system that they make, and so that it is known what must be there after each of them.
final class FaultScript {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Device.NOW;

    /// One change, of which all is there or nothing.
    @FunctionalInterface
    interface Step {
        void run(Stage stage) throws StoreException;
    }

    /// A store that is open, with its exchange.
    record Stage(VaultStore store, Exchange exchange, Id vault, Documents documents) implements AutoCloseable {
        static Stage open(Path folder, SecretBytes rootKey) throws StoreException {
            return of(VaultStore.open(folder, rootKey, Clock.systemUTC(), RANDOM), folder);
        }

        private static Stage of(VaultStore store, Path folder) throws StoreException {
            boolean opened = false;
            try {
                if (store.vaults().isEmpty()) {
                    throw new StoreException(StoreException.Why.NOT_FOUND, "The store has no vault yet.");
                }
                Id vault = store.vaults().getFirst();
                Stage stage = new Stage(store, Exchange.open(folder, RANDOM), vault, store.documents(vault));
                opened = true;
                return stage;
            } finally {
                if (!opened) {
                    store.close();
                }
            }
        }

        void save(String path, int seed, int length) throws StoreException {
            int slash = path.lastIndexOf('/');
            Id folder = documents.find(path.substring(0, Math.max(0, slash))).id();
            byte[] content = content(seed, length);
            documents.save(folder, path.substring(slash + 1), NOW, new ByteArrayInputStream(content), length);
        }

        /// The agent's part: the server takes everything, and the window folds it in.
        void exchangeAll() throws StoreException {
            exchange.chunksSent(vault, exchange.chunksToSend(vault, 10_000));
            for (var next = exchange.outgoing(vault); next.isPresent(); next = exchange.outgoing(vault)) {
                exchange.accepted(vault, next.get());
            }
            store.applyIncoming();
        }

        @Override
        public void close() {
            exchange.close();
            store.close();
        }
    }

    /// The steps after {@link #create}.
    static final List<Step> STEPS = List.of(
            stage -> stage.save("letter.txt", 1, 300),
            stage -> stage.save("plan.txt", 2, 90_000),
            stage -> stage.save("plan.txt", 3, 90_500),
            stage -> stage.documents().makeFolder(stage.vault(), "Kept"),
            stage -> stage.documents()
                    .move(
                            stage.documents().find("letter.txt").id(),
                            stage.documents().find("Kept").id(),
                            "renamed.txt"),
            stage -> stage.save("secret.txt", 4, 200_000),
            Stage::exchangeAll,
            stage -> stage.documents()
                    .remove(stage.documents().find("secret.txt").id()),
            stage -> stage.store().applyIncoming(),
            stage -> stage.documents().trash().purge(trashed(stage, "secret.txt")),
            stage -> stage.save("Kept/after.txt", 5, 5_000),
            Stage::exchangeAll,
            stage -> stage.documents().remove(stage.documents().find("plan.txt").id()),
            stage -> stage.documents().trash().restore(trashed(stage, "plan.txt")),
            stage -> stage.documents().remove(stage.documents().find("Kept").id()),
            stage -> stage.documents().trash().empty());

    private FaultScript() {}

    private static Id trashed(Stage stage, String name) throws StoreException {
        return stage.documents().trash().list().stream()
                .filter(removed -> removed.name().equals(name))
                .map(Removed::id)
                .findFirst()
                .orElseThrow(Failure::notFound);
    }

    /// Incompressible bytes and such as compress, in turn.
    static byte[] content(int seed, int length) {
        byte[] content = new byte[length];
        Random random = new Random(seed);
        if (seed % 2 == 0) {
            random.nextBytes(content);
        } else {
            for (int i = 0; i < length; i++) {
                content[i] = (byte) ('a' + random.nextInt(4));
            }
        }
        return content;
    }

    /// The first step: a store with a person and a vault.
    static Stage create(Path folder, SecretBytes rootKey) throws StoreException {
        return furnish(folder, VaultStore.create(folder, rootKey, Clock.systemUTC(), RANDOM));
    }

    /// The first step once more, when it was cut short.
    static Stage createAgain(Path folder, SecretBytes rootKey) throws StoreException {
        try {
            return furnish(folder, VaultStore.open(folder, rootKey, Clock.systemUTC(), RANDOM));
        } catch (StoreException e) {
            if (e.why() != StoreException.Why.NOT_FOUND) {
                throw e;
            }
            return create(folder, rootKey);
        }
    }

    private static Stage furnish(Path folder, VaultStore store) throws StoreException {
        boolean made = false;
        try (SigningKey signing = SigningKey.generate(RANDOM);
                BoxKey box = BoxKey.generate(RANDOM);
                BoxKey join = BoxKey.generate(RANDOM);
                PersonIdentity waiting =
                        PersonIdentity.waiting(Id.random(RANDOM), "Ada", Id.random(RANDOM), "laptop", join);
                PersonIdentity identity = waiting.with(signing, box);
                SecretBytes vaultKey = SecretBytes.random(32, RANDOM)) {
            store.storeIdentity(identity);
            store.addVault(Id.random(RANDOM), 1, vaultKey);
            Stage stage = Stage.of(store, folder);
            made = true;
            return stage;
        } finally {
            if (!made) {
                store.close();
            }
        }
    }
}
