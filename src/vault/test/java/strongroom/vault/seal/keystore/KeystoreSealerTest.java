package strongroom.vault.seal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The sealer over a keystore in memory.
class KeystoreSealerTest extends KeySealerContract {
    private static final class MemoryKeystore implements Keystore {
        private final Map<String, SecretBytes> items = new HashMap<>();

        @Override
        public void check() {}

        @Override
        public synchronized void write(String item, SecretBytes key) {
            items.put(item, key.copy());
        }

        @Override
        public synchronized SecretBytes read(String item) throws SealException {
            SecretBytes found = items.get(item);
            if (found == null) {
                throw new SealException(Why.FOREIGN, "No such key.");
            }
            return found.copy();
        }

        @Override
        public synchronized void delete(String item) {
            items.remove(item);
        }
    }

    private final MemoryKeystore keystore = new MemoryKeystore();

    @Override
    protected KeySealer sealer() {
        return new KeystoreSealer(keystore, random);
    }

    @Test
    void anotherUsersKeystoreOpensNothing() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer().seal(secret, authorisation);

            KeySealer other = new KeystoreSealer(new MemoryKeystore(), random);

            assertEquals(Why.FOREIGN, refusal(other, sealed, authorisation));
        }
    }
}
