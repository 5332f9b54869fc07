package strongroom.vault.seal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.javakeyring.Keyring;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The keystore sealer against a real gnome-keyring-daemon on a session bus of its own. dbus-java takes the address
/// of the bus from a system property before it looks at the environment.
@Timeout(60)
class KeystoreSealerIT extends KeySealerContract {
    private static final String BUS_PROPERTY = "DBUS_SESSION_BUS_ADDRESS";

    private static GnomeKeyring keyring;

    @BeforeAll
    static void startKeyring() throws Exception {
        keyring = new GnomeKeyring();
        System.setProperty(BUS_PROPERTY, keyring.address());
    }

    @AfterAll
    static void endKeyring() throws Exception {
        System.clearProperty(BUS_PROPERTY);
        keyring.close();
    }

    @Override
    protected KeySealer sealer() {
        return new KeystoreSealer(random);
    }

    private static Why why(org.junit.jupiter.api.function.Executable step) {
        return assertThrows(SealException.class, step).why();
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

            keyring.endDaemon();
            try {
                assertEquals(Why.ABSENT, why(sealer::check));
                assertEquals(Why.ABSENT, refusal(sealer, sealed, authorisation));
                assertEquals(Why.ABSENT, why(() -> sealer.destroy(sealed)));
            } finally {
                keyring.restartDaemon();
            }

            sealer.unseal(sealed, authorisation).close();
            sealer.destroy(sealed);
        }
    }

    @Test
    void anItemThatAnotherProgramReplacedIsForeign() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            Keyring other = Keyring.create();
            byte[] sealed = sealer.seal(secret, authorisation);
            byte[] item = java.util.Arrays.copyOfRange(sealed, 1, 1 + Id.SIZE);
            for (String replaced : new String[] {"", "not a key", "00".repeat(32)}) {
                other.setPassword("org.strongroom.vault", Id.of(item).toString(), replaced);
                assertEquals(Why.FOREIGN, refusal(sealer, sealed, authorisation), replaced);
            }
            sealer.destroy(sealed);
            other.close();
        }
    }
}
