package strongroom.vault.seal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException.Why;

/// The keystore sealer against a real kwalletd, which answers as Secret Service as well; its wallet closes with
/// the last program that uses it.
class KWalletIT extends KeyringContract<Kwalletd> {
    private static final String SETTINGS = """
            [Wallet]
            First Use=false
            Leave Open=false
            """;
    private static final String DENIED = """
            [Auto Deny]
            kdewallet=Strongroom
            """;

    @Override
    protected Kwalletd start(Session session) throws Exception {
        Kwalletd kwalletd = new Kwalletd(session, SETTINGS);
        kwalletd.open();
        return kwalletd;
    }

    @Test
    void aPersonWhoDeniesItIsNotTakenForAKeyThatIsGone() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer.seal(secret, authorisation);

            keyring.reconfigure(SETTINGS + DENIED);
            try {
                assertEquals(Why.NOT_PERMITTED, why(sealer::check));
                assertEquals(Why.NOT_PERMITTED, refusal(sealer, sealed, authorisation));
                assertEquals(Why.NOT_PERMITTED, why(() -> sealer.destroy(sealed)));
            } finally {
                keyring.reconfigure(SETTINGS);
            }

            sealer.unseal(sealed, authorisation).close();
            sealer.destroy(sealed);
        }
    }
}
