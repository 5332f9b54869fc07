package strongroom.vault.seal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The keystore sealer against the real daemon of a session of our own: what every sealer promises, and that
/// what happens to a keyring is told apart.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KeyringContract<K extends KeyringDaemon> extends KeySealerContract {
    private Session session;
    protected K keyring;

    @BeforeAll
    void begin() throws Exception {
        session = new Session();
        keyring = start(session);
    }

    protected abstract K start(Session session) throws Exception;

    @AfterAll
    void end() throws Exception {
        // Where a program is missing they never began.
        if (keyring != null) {
            keyring.close();
        }
        if (session != null) {
            session.close();
        }
    }

    @Override
    protected KeySealer sealer() {
        return new KeystoreSealer(random);
    }

    protected static Why why(Executable step) {
        return assertThrows(SealException.class, step).why();
    }

    private static String item(byte[] sealed) throws MalformedException {
        CanonicalReader in = new CanonicalReader(sealed);
        in.uint8();
        in.uint8();
        return Id.read(in).toString();
    }

    @Test
    void aLockedKeyringIsNeverTakenForAnEmptyOne() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer.seal(secret, authorisation);

            keyring.lock();
            try {
                assertEquals(Why.LOCKED, why(sealer::check));
                assertEquals(Why.LOCKED, refusal(sealer, sealed, authorisation));
                assertEquals(Why.LOCKED, why(() -> sealer.seal(secret, authorisation)));
                assertEquals(Why.LOCKED, why(() -> sealer.destroy(sealed)));
            } finally {
                keyring.unlock();
            }

            try (SecretBytes opened = sealer.unseal(sealed, authorisation)) {
                assertTrue(opened.matches(secret));
            }
            sealer.destroy(sealed);
        }
    }

    @Test
    void aServiceThatVanishedIsAbsentAndOneThatCameBackOpens() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer.seal(secret, authorisation);

            keyring.end();
            try {
                assertEquals(Why.ABSENT, why(sealer::check));
                assertEquals(Why.ABSENT, refusal(sealer, sealed, authorisation));
                assertEquals(Why.ABSENT, why(() -> sealer.destroy(sealed)));
            } finally {
                keyring.restart();
            }

            sealer.unseal(sealed, authorisation).close();
            sealer.destroy(sealed);
        }
    }

    @Test
    void aDaemonThatIsKilledHasKeptWhatItSaidAndLostWhatItDestroyed() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer.seal(secret, authorisation);

            keyring.kill();
            keyring.restart();

            sealer.unseal(sealed, authorisation).close();
            sealer.destroy(sealed);

            keyring.kill();
            keyring.restart();

            assertEquals(Why.FOREIGN, refusal(sealer, sealed, authorisation));
        }
    }

    @Test
    void anItemThatAnotherProgramReplacedOrDeletedIsForeign() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer.seal(secret, authorisation);
            for (byte[] other : new byte[][] {{}, {'n', 'o'}, new byte[Keystore.KEY]}) {
                keyring.replace(item(sealed), other);
                assertEquals(Why.FOREIGN, refusal(sealer, sealed, authorisation), () -> other.length + " bytes");
            }

            keyring.delete(item(sealed));

            assertEquals(Why.FOREIGN, refusal(sealer, sealed, authorisation));
            sealer.destroy(sealed);
        }
    }
}
