package strongroom.vault.store.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Digest;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

class ChunkCipherTest {
    private static final int SEGMENT = 64 << 10;

    private final SecretBytes key = SecretBytes.ofAndZero(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private final ChunkCipher cipher = new ChunkCipher(key);

    @AfterEach
    void close() {
        cipher.close();
        key.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void everyLengthAroundASegmentComesBack() throws Exception {
        for (int length : new int[] {1, 2, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 1 << 20}) {
            byte[] plain = bytes(length);
            Digest id = cipher.id(plain, length);

            byte[] sealed = cipher.seal(id, plain, length);

            assertEquals(ChunkCipher.sealedLength(length), sealed.length);
            assertArrayEquals(plain, cipher.open(id, sealed));
        }
    }

    @Test
    void eachFlippedBitIsNoticed() {
        byte[] plain = bytes(300);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length);

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(NotAuthenticException.class, () -> cipher.open(id, flipped));
        }
    }

    @Test
    void eachLengthItIsCutToIsNoticed() {
        byte[] plain = bytes(300);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length);

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThrows(NotAuthenticException.class, () -> cipher.open(id, cut));
        }
        assertThrows(NotAuthenticException.class, () -> cipher.open(id, Arrays.copyOf(sealed, sealed.length + 1)));
        assertThrows(NotAuthenticException.class, () -> cipher.open(id, Arrays.copyOf(sealed, 5 << 20)));
    }

    @Test
    void segmentsCannotBeSwappedDroppedRepeatedOrCutOff() {
        byte[] plain = bytes(3 * SEGMENT);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length);
        int size = SEGMENT + 16;

        for (int[] order : new int[][] {
            {1, 0, 2}, {0, 2, 1}, {2, 1, 0}, {0, 1}, {0, 2}, {1, 2}, {0}, {0, 0, 2}, {0, 1, 2, 2}, {0, 1, 1, 2}
        }) {
            byte[] other = new byte[1 + order.length * size];
            other[0] = sealed[0];
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(sealed, 1 + order[i] * size, other, 1 + i * size, size);
            }
            assertThrows(NotAuthenticException.class, () -> cipher.open(id, other));
        }
    }

    @Test
    void aChunkDoesNotOpenUnderAnotherName() {
        byte[] one = bytes(100);
        byte[] two = bytes(101);
        Digest idOfOne = cipher.id(one, one.length);
        Digest idOfTwo = cipher.id(two, two.length);

        byte[] sealed = cipher.seal(idOfOne, one, one.length);

        assertThrows(NotAuthenticException.class, () -> cipher.open(idOfTwo, sealed));
    }

    @Test
    void whoHasTheKeyStillCannotPutAnotherContentUnderAName() {
        byte[] one = bytes(100);
        byte[] two = bytes(101);

        byte[] sealed = cipher.seal(cipher.id(one, one.length), two, two.length);

        assertThrows(NotAuthenticException.class, () -> cipher.open(cipher.id(one, one.length), sealed));
    }

    @Test
    void vaultsDoNotShareNamesOrKeys() {
        byte[] plain = bytes(100);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length);
        try (SecretBytes other = SecretBytes.ofAndZero(bytes(32));
                ChunkCipher otherCipher = new ChunkCipher(other)) {
            assertNotEquals(id, otherCipher.id(plain, plain.length));
            assertThrows(NotAuthenticException.class, () -> otherCipher.open(id, sealed));
        }
    }

    /// The file was made from the words of `docs/vault-format.md` in another language; it is never written again.
    @Test
    void chunksOfFormatOneAreReadForEver() throws Exception {
        byte[] plain = new byte[SEGMENT + 1000];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i * 7 + i / 251);
        }
        byte[] golden;
        try (InputStream in = ChunkCipherTest.class.getResourceAsStream("/vectors/chunk-v1.bin")) {
            golden = java.util.Objects.requireNonNull(in).readAllBytes();
        }
        Digest id = Digest.parse(GOLDEN_ID);

        assertEquals(id, cipher.id(plain, plain.length));
        assertArrayEquals(plain, cipher.open(id, golden));
        assertArrayEquals(golden, cipher.seal(id, plain, plain.length));
    }

    private static final String GOLDEN_ID = "3b9399aaed9f02220baa47ad797b8cc2928ec83104f86167193c44b3c3eb287d";
}
