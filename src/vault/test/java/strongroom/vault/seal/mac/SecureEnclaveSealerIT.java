package strongroom.vault.seal.mac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// The sealer over the enclave of a real Mac. The other half lies in memory here, where no Keychain asks
/// anybody.
@EnabledOnOs(OS.MAC)
@Timeout(60)
class SecureEnclaveSealerIT extends KeySealerContract {
    private final KeySealer keychain = new MemorySealer(random, SealKind.KEYSTORE, Integer.MAX_VALUE);

    @Override
    protected KeySealer sealer() {
        KeySealer sealer = new SecureEnclaveSealer(keychain, random);
        try {
            sealer.check();
        } catch (SealException e) {
            assertEquals(Why.ABSENT, e.why(), () -> String.valueOf(e.getCause()));
            Assumptions.abort("This Mac has no Secure Enclave: " + e.getCause());
        }
        return sealer;
    }
}
