package strongroom.vault.seal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException.Why;

/// What every sealer promises, run against each of them and against the fake.
public abstract class KeySealerContract {
    protected final SecureRandom random = new SecureRandom();

    /// The sealer under test, ready, with at least three tries left if it counts.
    protected abstract KeySealer sealer() throws Exception;

    /// Whether `destroy` reaches copies of the sealed bytes.
    protected boolean erases() {
        return true;
    }

    protected static Why refusal(KeySealer sealer, byte[] sealed, SecretBytes authorisation) {
        return assertThrows(SealException.class, () -> sealer.unseal(sealed, authorisation)
                        .close())
                .why();
    }

    protected SecretBytes bytes(int size) {
        return SecretBytes.random(size, random);
    }

    protected static SecretBytes nothing() {
        return SecretBytes.ofAndZero(new byte[0]);
    }

    @Test
    public void aSecretOfAnySizeComesBackForItsAuthorisation() throws Exception {
        KeySealer sealer = sealer();
        for (int size : new int[] {1, 32, KeySealer.MAX_SECRET}) {
            try (SecretBytes secret = bytes(size);
                    SecretBytes authorisation = bytes(32)) {
                byte[] sealed = sealer.seal(secret, authorisation);

                try (SecretBytes opened = sealer.unseal(sealed, authorisation)) {
                    assertTrue(opened.matches(secret));
                }
                assertTrue(sealed.length <= 4096);
                sealer.destroy(sealed);
            }
        }
    }

    @Test
    public void theMachineAloneOpensWhatHasNoAuthorisation() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes none = nothing();
                SecretBytes some = bytes(32)) {
            byte[] sealed = sealer.seal(secret, none);

            try (SecretBytes opened = sealer.unseal(sealed, none)) {
                assertTrue(opened.matches(secret));
            }
            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, some));
            sealer.destroy(sealed);
        }
    }

    @Test
    public void aWrongAuthorisationIsRefusedAndTheRightOneOpensAfterwards() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32);
                SecretBytes wrong = bytes(32);
                SecretBytes none = nothing()) {
            byte[] sealed = sealer.seal(secret, authorisation);

            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, wrong));
            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, none));

            try (SecretBytes opened = sealer.unseal(sealed, authorisation)) {
                assertTrue(opened.matches(secret));
            }
            sealer.destroy(sealed);
        }
    }

    @Test
    public void anAuthorisationMayEndInZeroBytes() throws Exception {
        KeySealer sealer = sealer();
        byte[] ending = new byte[32];
        Arrays.fill(ending, 0, 30, (byte) 7);
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = SecretBytes.ofAndZero(ending)) {
            byte[] sealed = sealer.seal(secret, authorisation);

            assertDoesNotThrow(() -> sealer.unseal(sealed, authorisation).close());
            sealer.destroy(sealed);
        }
    }

    @Test
    public void everyChangedByteAndEveryCutIsRefused() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes none = nothing()) {
            byte[] sealed = sealer.seal(secret, none);
            for (int i = 0; i < sealed.length; i++) {
                byte[] changed = sealed.clone();
                changed[i] ^= 0x04;
                byte[] cut = Arrays.copyOf(sealed, i);
                int at = i;
                assertThrows(
                        SealException.class, () -> sealer.unseal(changed, none).close(), () -> "byte " + at);
                assertThrows(SealException.class, () -> sealer.unseal(cut, none).close(), () -> "length " + at);
            }
            sealer.unseal(sealed, none).close();
            sealer.destroy(sealed);
        }
    }

    @Test
    public void theSealedBytesShowNeitherSecretNorAuthorisation() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer.seal(secret, authorisation);
            byte[] again = sealer.seal(secret, authorisation);

            assertFalse(contains(sealed, secret));
            assertFalse(contains(sealed, authorisation));
            assertFalse(Arrays.equals(sealed, again));
            sealer.destroy(sealed);
            sealer.destroy(again);
        }
    }

    @Test
    public void whatWasDestroyedIsOpenedByNothingAndNothingElseIsHurt() throws Exception {
        Assumptions.assumeTrue(erases(), "this sealer keeps nothing that it could erase");
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer.seal(secret, authorisation);
            byte[] other = sealer.seal(secret, authorisation);

            sealer.destroy(sealed);
            sealer.destroy(sealed);

            assertEquals(Why.FOREIGN, refusal(sealer, sealed, authorisation));
            sealer.unseal(other, authorisation).close();
            sealer.destroy(other);
        }
    }

    @Test
    public void checkingUsesUpNoTry() throws Exception {
        KeySealer sealer = sealer();
        int before = sealer.triesLeft();

        sealer.check();

        assertEquals(before, sealer.triesLeft());
    }

    @Test
    public void severalThreadsAreServedInTurn() throws Exception {
        KeySealer sealer = sealer();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                SecretBytes authorisation = bytes(32)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    try (SecretBytes secret = bytes(32)) {
                        byte[] sealed = sealer.seal(secret, authorisation);
                        try (SecretBytes opened = sealer.unseal(sealed, authorisation)) {
                            return opened.matches(secret);
                        } finally {
                            sealer.destroy(sealed);
                        }
                    }
                }));
            }
            for (Future<Boolean> each : all) {
                assertTrue(each.get());
            }
        }
    }

    /// Whether some bytes hold a secret.
    protected static boolean contains(byte[] in, SecretBytes secret) {
        return secret.<Boolean, RuntimeException>use(bytes ->
                new String(in, StandardCharsets.ISO_8859_1).contains(new String(bytes, StandardCharsets.ISO_8859_1)));
    }
}
