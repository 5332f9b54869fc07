package strongroom.vault.seal.keystore;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;

/// The keystore sealer against Credential Manager and Keychain, of the person who runs the tests.
@EnabledOnOs({OS.WINDOWS, OS.MAC})
@Timeout(60)
class SystemKeystoreIT extends KeySealerContract {
    @Override
    protected KeySealer sealer() {
        return new KeystoreSealer(random);
    }
}
