package strongroom.vault.seal.passphrase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;

class PassphraseSealerTest extends KeySealerContract {
    @Override
    protected KeySealer sealer() {
        return new PassphraseSealer(random);
    }

    @Override
    protected boolean erases() {
        return false;
    }

    @Test
    void itSaysThatItDoesNotCount() throws Exception {
        assertEquals(-1, sealer().triesLeft());
    }
}
