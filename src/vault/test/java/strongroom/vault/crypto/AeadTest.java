package strongroom.vault.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AeadTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void aSecretComesBackAndTwoSealingsDiffer() throws Exception {
        try (SecretBytes key = SecretBytes.random(Aead.KEY, random);
                SecretBytes secret = SecretBytes.random(40, random)) {
            byte[] sealed = Aead.seal(key, random, new byte[] {1}, secret);

            try (SecretBytes opened = Aead.openSecret(key, new byte[] {1}, sealed)) {
                assertTrue(opened.matches(secret));
            }
            assertEquals(40 + Aead.OVERHEAD, sealed.length);
            assertFalse(Arrays.equals(sealed, Aead.seal(key, random, new byte[] {1}, secret)));
        }
    }

    @Test
    void everyChangedByteEveryCutAndAnotherPlaceAreRefusedAlike() {
        try (SecretBytes key = SecretBytes.random(Aead.KEY, random);
                SecretBytes other = SecretBytes.random(Aead.KEY, random)) {
            byte[] aad = {7};
            byte[] sealed = Aead.seal(key, random, aad, new byte[33]);
            for (int i = 0; i < sealed.length; i++) {
                byte[] changed = sealed.clone();
                changed[i] ^= (byte) 0x80;
                byte[] cut = Arrays.copyOf(sealed, i);
                assertThrows(NotAuthenticException.class, () -> Aead.open(key, aad, changed));
                assertThrows(NotAuthenticException.class, () -> Aead.open(key, aad, cut));
            }
            assertThrows(NotAuthenticException.class, () -> Aead.open(key, new byte[0], sealed));
            NotAuthenticException refused =
                    assertThrows(NotAuthenticException.class, () -> Aead.open(other, aad, sealed));
            assertEquals("not authentic", refused.getMessage());
            assertNull(refused.getCause());
        }
    }
}
