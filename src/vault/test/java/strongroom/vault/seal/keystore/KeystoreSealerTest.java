package strongroom.vault.seal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.OperatingSystem;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The sealer over a keystore in memory.
class KeystoreSealerTest extends KeySealerContract {
    private static final class MemoryKeystore implements Keystore, Keystores {
        private final Map<String, SecretBytes> items = new HashMap<>();
        private final Set<Backend> opened = new HashSet<>();

        @Override
        public Backend present() {
            return Backend.KWALLET;
        }

        @Override
        public synchronized Keystore open(Backend backend) {
            opened.add(backend);
            return this;
        }

        @Override
        public void requireOpen() {}

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

    /// Written by the program as it was before it wrote down which keystore it is.
    @Test
    void whatTheFirstVersionSealedOpensInTheKeystoreOfItsSystem() throws Exception {
        assertOpens(
                Backend.of(OperatingSystem.current()),
                "6305b341d6a94b90d8d9c073b7672a16",
                "588343d51d6ebb44ac2964cb650ba8b3a834d8aab2aa17f5683c9257f866da0a",
                "016305b341d6a94b90d8d9c073b7672a16d1036ee2a0d76c660000003c0e6b8e7313f8cf018c5ced"
                        + "61636166c07fff7183b31f28fc93ab51ff00439db47178b415e214df86c34dd627b11cc67fbbafd1"
                        + "cfe837c1ddfd5a5efee4b4f2efba93b2a2");
    }

    @Test
    void whatThisVersionSealedOpensInTheKeystoreThatSealedIt() throws Exception {
        assertOpens(
                Backend.KWALLET,
                "07f060d2e2ac30ce3fd0aa245508b009",
                "a0189c8c0ae1ce62028755feee4c5544a293e9092c8a4fb253bb8d9796103808",
                "020207f060d2e2ac30ce3fd0aa245508b009e92f637835c396120000003c935ffd1f075bb44545be"
                        + "4c86b6b053cf059066fda071c2585c6788af9721d2e9265e4b02ddd23e5c45a8fd4cc1f702096c53"
                        + "eafa9042981b9bc62a30d3116052b714b8f8");
    }

    private void assertOpens(Backend expected, String item, String key, String sealed) throws Exception {
        byte[] sevens = new byte[32];
        Arrays.fill(sevens, (byte) 7);
        try (SecretBytes kept = SecretBytes.ofAndZero(HexFormat.of().parseHex(key));
                SecretBytes authorisation = SecretBytes.ofAndZero(sevens)) {
            keystore.write(item, kept);

            try (SecretBytes opened = sealer().unseal(HexFormat.of().parseHex(sealed), authorisation)) {
                assertEquals(
                        "a secret of 32 bytes, as they ar",
                        opened.<String, RuntimeException>use(bytes -> new String(bytes, StandardCharsets.US_ASCII)));
            }
            assertEquals(Set.of(expected), keystore.opened);
        }
    }
}
