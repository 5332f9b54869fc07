package strongroom.vault.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.chunk.ChunkCipher;

/// The keys of one vault, one for each epoch, and what is derived from them. Owns its secrets.
final class VaultKeys implements AutoCloseable {
    private static final int EPOCH_LIMIT = 10_000;

    private record Epoch(SecretBytes key, SecretBytes commitKey, ChunkCipher chunks) {
        static Epoch of(SecretBytes key) {
            byte[] label = "strongroom commit key v1".getBytes(StandardCharsets.US_ASCII);
            return new Epoch(key, Hkdf.derive(key, new byte[0], label, Aead.KEY), new ChunkCipher(key));
        }

        void close() {
            chunks.close();
            commitKey.close();
            key.close();
        }
    }

    private final Id vault;
    private final TreeMap<Integer, Epoch> epochs = new TreeMap<>();

    VaultKeys(Id vault) {
        this.vault = vault;
    }

    /// Takes a key in. @param key copied @return false if that epoch's key is here already
    boolean add(int epoch, SecretBytes key) throws StoreException {
        Epoch known = epochs.get(epoch);
        if (known != null) {
            if (!known.key.matches(key)) {
                throw Failure.contradiction("Somebody offers another key for a vault whose key is known.");
            }
            return false;
        }
        epochs.put(epoch, Epoch.of(key.copy()));
        return true;
    }

    /// Takes a key out again that could not be kept.
    void forget(int epoch) {
        Epoch known = epochs.remove(epoch);
        if (known != null) {
            known.close();
        }
    }

    /// The epoch that new things are written under.
    int current() throws StoreException {
        if (epochs.isEmpty()) {
            throw Failure.closed();
        }
        return epochs.lastKey();
    }

    boolean has(int epoch) {
        return epochs.containsKey(epoch);
    }

    SecretBytes key(int epoch) throws StoreException {
        return epoch(epoch).key.copy();
    }

    ChunkCipher chunks(int epoch) throws StoreException {
        return epoch(epoch).chunks;
    }

    byte[] seal(Change change, int epoch, RandomGenerator random) throws StoreException {
        return Aead.seal(epoch(epoch).commitKey, random, place(epoch), change.toByteArray());
    }

    Change open(int epoch, byte[] body) throws StoreException, NotAuthenticException, MalformedException {
        return Change.of(Aead.open(epoch(epoch).commitKey, place(epoch), body));
    }

    private Epoch epoch(int epoch) throws StoreException {
        @Nullable Epoch found = epochs.get(epoch);
        if (found == null) {
            throw new StoreException(StoreException.Why.NOT_LOCAL, "The vault's newest key has not come yet.");
        }
        return found;
    }

    private byte[] place(int epoch) {
        return new CanonicalWriter()
                .fixed("strongroom commit body v1".getBytes(StandardCharsets.US_ASCII))
                .fixed(vault.toByteArray())
                .uint32(epoch)
                .toByteArray();
    }

    /// All keys, for the vault's row: closed by the caller.
    SecretBytes toSecret() {
        byte[] bytes = new byte[4 + epochs.size() * (4 + Aead.KEY)];
        ByteBuffer out = ByteBuffer.wrap(bytes).putInt(epochs.size());
        for (Map.Entry<Integer, Epoch> epoch : epochs.entrySet()) {
            out.putInt(epoch.getKey());
            epoch.getValue().key.<ByteBuffer, RuntimeException>use(out::put);
        }
        return SecretBytes.ofAndZero(bytes);
    }

    /// Reads what {@link #toSecret} wrote; the bytes are filled with zeros.
    static VaultKeys of(Id vault, byte[] bytes) throws MalformedException, StoreException {
        VaultKeys keys = new VaultKeys(vault);
        try {
            CanonicalReader in = new CanonicalReader(bytes);
            int count = in.uint32(EPOCH_LIMIT);
            for (int i = 0; i < count; i++) {
                int epoch = in.uint32(Integer.MAX_VALUE);
                try (SecretBytes key = SecretBytes.ofAndZero(in.fixed(Aead.KEY))) {
                    keys.add(epoch, key);
                }
            }
            in.end();
            return keys;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void close() {
        epochs.values().forEach(Epoch::close);
        epochs.clear();
    }
}
