package strongroom.vault.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void signaturesAreThoseOfRfc8032() {
        // Section 7.1, TEST 3.
        byte[] seed = HexFormat.of().parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        byte[] signature = HexFormat.of()
                .parseHex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
        try (SecretBytes secret = SecretBytes.ofAndZero(seed);
                SigningKey key = SigningKey.fromSeed(secret)) {
            assertArrayEquals(signature, key.sign(new byte[] {(byte) 0xaf, (byte) 0x82}));
        }
    }

    @Test
    void aSignatureHoldsForItsMessageAlone() {
        try (SigningKey key = SigningKey.generate(random)) {
            byte[] signature = key.sign(new byte[] {1, 2});

            assertTrue(key.verifyingKey().verifies(new byte[] {1, 2}, signature));
            assertFalse(key.verifyingKey().verifies(new byte[] {1, 3}, signature));
        }
    }

    @Test
    void aKeyComesBackFromItsSeed() {
        try (SigningKey key = SigningKey.generate(random);
                SecretBytes seed = key.toSecret();
                SigningKey again = SigningKey.fromSeed(seed)) {
            assertEquals(key.verifyingKey(), again.verifyingKey());
        }
    }
}
