package strongroom.vault.seal.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The sealer over the TPM of a real Windows machine. It makes wrong entries, which such a TPM forgets in
/// hours.
@EnabledOnOs(OS.WINDOWS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlatformSealerIT extends KeySealerContract {
    @Override
    protected KeySealer sealer() {
        KeySealer sealer = new PlatformSealer(random);
        try {
            sealer.check();
        } catch (SealException e) {
            assertEquals(Why.ABSENT, e.why());
            Assumptions.abort("This machine has no TPM: " + e.getCause());
        }
        return sealer;
    }
}
