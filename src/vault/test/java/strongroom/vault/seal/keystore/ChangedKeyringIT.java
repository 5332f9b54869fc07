package strongroom.vault.seal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// A person who comes back to another desktop, with another keyring: real gnome-keyring-daemon and kwalletd by
/// turns.
@Timeout(60)
class ChangedKeyringIT {
    private final SecureRandom random = new SecureRandom();
    private final KeySealer sealer = new KeystoreSealer(random);
    private final SecretBytes secret = SecretBytes.random(32, random);
    private final SecretBytes authorisation = SecretBytes.random(32, random);

    private final Session session = new Session();

    ChangedKeyringIT() throws Exception {}

    @AfterEach
    void end() throws Exception {
        secret.close();
        authorisation.close();
        session.close();
    }

    private SealException refusal(byte[] sealed) {
        return assertThrows(
                SealException.class, () -> sealer.unseal(sealed, authorisation).close());
    }

    @Test
    void aKeyInTheOtherKeyringIsSaidToBeThereAndOpensWhenThatIsBack() throws Exception {
        byte[] inGnome;
        try (GnomeKeyring _ = new GnomeKeyring(session)) {
            inGnome = sealer.seal(secret, authorisation);
        }
        byte[] inKwallet;
        try (Kwalletd kwalletd = new Kwalletd(session, "")) {
            kwalletd.open();
            inKwallet = sealer.seal(secret, authorisation);

            SealException refused = refusal(inGnome);

            assertEquals(Why.ELSEWHERE, refused.why());
            assertEquals(
                    "This store's key is in the keyring of the Secret Service, and this session has KWallet in its place.",
                    refused.getMessage());
            assertEquals(Why.ELSEWHERE, why(() -> sealer.destroy(inGnome)));
            kwalletd.lock();
            assertEquals(Why.ELSEWHERE, refusal(inGnome).why());
        }
        assertEquals(Why.ABSENT, refusal(inGnome).why());
        assertEquals(Why.ABSENT, refusal(inKwallet).why());
        try (GnomeKeyring _ = new GnomeKeyring(session)) {
            sealer.unseal(inGnome, authorisation).close();

            SealException refused = refusal(inKwallet);

            assertEquals(Why.ELSEWHERE, refused.why());
            assertEquals(
                    "This store's key is in KWallet, and this session has the keyring of the Secret Service in its place.",
                    refused.getMessage());
        }
    }

    @Test
    void aKeyIsFoundWhereItIsThoughBothKeyringsAreThere() throws Exception {
        try (GnomeKeyring gnome = new GnomeKeyring(session);
                Kwalletd kwalletd = new Kwalletd(session, "")) {
            byte[] inGnome = sealer.seal(secret, authorisation);
            gnome.end();
            kwalletd.open();
            byte[] inKwallet = sealer.seal(secret, authorisation);
            gnome.restart();

            sealer.unseal(inGnome, authorisation).close();
            sealer.unseal(inKwallet, authorisation).close();
            kwalletd.lock();
            assertEquals(Why.LOCKED, refusal(inKwallet).why());
        }
    }

    @Test
    void aKwalletWithoutAWalletKeepsNothingAndAsksNobody() throws Exception {
        try (Kwalletd kwalletd = new Kwalletd(session, "")) {
            assertEquals(Why.ABSENT, why(sealer::check));
            assertEquals(Why.ABSENT, why(() -> sealer.seal(secret, authorisation)));

            kwalletd.open();

            sealer.check();
        }
    }

    private static Why why(org.junit.jupiter.api.function.Executable step) {
        return assertThrows(SealException.class, step).why();
    }
}
