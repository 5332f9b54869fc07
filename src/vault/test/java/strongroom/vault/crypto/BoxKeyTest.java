package strongroom.vault.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

class BoxKeyTest {
    private static final byte[] INFO = "a test".getBytes(US_ASCII);
    private static final byte[] AAD = "of a box".getBytes(US_ASCII);

    private final SecureRandom random = new SecureRandom();

    @Test
    void whatIsSealedToAKeyIsOpenedByItAlone() throws Exception {
        try (BoxKey key = BoxKey.generate(random);
                BoxKey other = BoxKey.generate(random);
                SecretBytes plaintext = SecretBytes.random(32, random)) {
            byte[] sealed = BoxKey.seal(key.publicKey(), INFO, AAD, plaintext, random);

            try (SecretBytes opened = key.open(INFO, AAD, sealed)) {
                assertTrue(opened.matches(plaintext));
            }
            assertEquals(32 + BoxKey.OVERHEAD, sealed.length);
            assertThrows(NotAuthenticException.class, () -> other.open(INFO, AAD, sealed));
            assertThrows(NotAuthenticException.class, () -> key.open(AAD, AAD, sealed));
            assertThrows(NotAuthenticException.class, () -> key.open(INFO, INFO, sealed));
        }
    }

    /// A window has a key wrapped and another opened at the same time; neither may spoil the other.
    @Test
    void severalThreadsSealAndOpenAtOnce() throws Exception {
        try (BoxKey key = BoxKey.generate(random);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> work = Collections.nCopies(4, () -> {
                for (int i = 0; i < 50; i++) {
                    byte[] plaintext = {(byte) i};
                    byte[] sealed = BoxKey.seal(key.publicKey(), INFO, AAD, plaintext, random);
                    try (SecretBytes opened = key.open(INFO, AAD, sealed)) {
                        assertEquals(1, opened.size());
                    }
                }
                return true;
            });
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertTrue(done.get());
            }
        }
    }

    @Test
    void aKeyComesBackFromItsSeed() {
        try (BoxKey key = BoxKey.generate(random);
                SecretBytes seed = key.toSecret();
                BoxKey again = BoxKey.fromSeed(seed)) {
            assertArrayEquals(key.publicKey(), again.publicKey());
        }
    }

    @Test
    void everyChangedByteAndEveryCutIsRefused() throws Exception {
        try (BoxKey key = BoxKey.generate(random)) {
            byte[] sealed = BoxKey.seal(key.publicKey(), INFO, AAD, new byte[20], random);

            // Every byte of the X25519 part and of the ciphertext, every 16th of the ML-KEM part.
            for (int i = 0; i < sealed.length; i += i < 1072 ? 16 : 1) {
                byte[] changed = sealed.clone();
                changed[i] ^= 0x10;
                assertThrows(NotAuthenticException.class, () -> key.open(INFO, AAD, changed), "byte " + i);
            }
            for (int length = 0; length < sealed.length; length += 37) {
                byte[] cut = Arrays.copyOf(sealed, length);
                assertThrows(NotAuthenticException.class, () -> key.open(INFO, AAD, cut), "length " + length);
            }
        }
    }

    @Test
    void whatIsNoPublicKeyIsRefused() {
        byte[] overTheModulus = new byte[BoxKey.PUBLIC_KEY];
        Arrays.fill(overTheModulus, (byte) 0xff);
        byte[] pointOfSmallOrder;
        try (BoxKey key = BoxKey.generate(random)) {
            pointOfSmallOrder = key.publicKey();
        }
        Arrays.fill(pointOfSmallOrder, 1184, 1216, (byte) 0);

        for (byte[] wrong : new byte[][] {{}, new byte[1215], new byte[1217], overTheModulus, pointOfSmallOrder}) {
            assertThrows(MalformedException.class, () -> BoxKey.seal(wrong, INFO, AAD, new byte[1], random));
        }
    }

    @Test
    void twoSealingsOfTheSameDiffer() throws Exception {
        try (BoxKey key = BoxKey.generate(random)) {
            assertFalse(Arrays.equals(
                    BoxKey.seal(key.publicKey(), INFO, AAD, new byte[1], random),
                    BoxKey.seal(key.publicKey(), INFO, AAD, new byte[1], random)));
        }
    }
}
