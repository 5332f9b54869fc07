package strongroom.vault.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException.Why;

class MemorySealerTest extends KeySealerContract {
    @Override
    protected KeySealer sealer() {
        return new MemorySealer(random, 5);
    }

    @Test
    void itPausesAfterSoManyWrongOnesAndForgives() throws Exception {
        MemorySealer sealer = new MemorySealer(random, 2);
        try (SecretBytes secret = bytes(32);
                SecretBytes right = bytes(32);
                SecretBytes wrong = bytes(32)) {
            byte[] sealed = sealer.seal(secret, right);

            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, wrong));
            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, wrong));
            assertEquals(Why.PAUSED, refusal(sealer, sealed, right));
            sealer.forgive();
            sealer.unseal(sealed, right).close();
        }
    }
}
