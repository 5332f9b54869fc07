package strongroom.vault.store.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Digest;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

class ChunkCipherTest {
    private static final int SEGMENT = 64 << 10;
    private static final int HEADER = 17;
    private static final String STORED_NAME = "ce3490766ef87b7f994328478c1de4a1a9802b78b432ef8dcce81d0ce6eba138";
    private static final String COMPRESSED_NAME = "a51d3752bf7bf3a06e4a3a9792845f1ff990512415a409a0b2de35837409ce42";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretBytes key = SecretBytes.ofAndZero(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private final ChunkCipher cipher = new ChunkCipher(key);

    @AfterEach
    void close() {
        cipher.close();
        key.close();
    }

    private static byte[] open(ChunkCipher cipher, Digest id, int length, byte[] sealed) throws NotAuthenticException {
        byte[] room = new byte[ChunkCipher.roomFor(length, sealed.length)];
        int from = cipher.open(id, length, sealed, sealed.length, room);
        return Arrays.copyOfRange(room, from, from + length);
    }

    private byte[] openAndCheck(Digest id, int length, byte[] sealed) throws NotAuthenticException {
        byte[] room = new byte[ChunkCipher.roomFor(length, sealed.length)];
        int from = cipher.openAndCheck(id, length, sealed, sealed.length, room);
        return Arrays.copyOfRange(room, from, from + length);
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

            byte[] sealed = cipher.seal(id, plain, length, true, RANDOM);

            assertArrayEquals(plain, open(cipher, id, length, sealed));
            assertArrayEquals(plain, openAndCheck(id, length, sealed));
        }
    }

    @Test
    void whatDoesNotOpenLeavesNothingInTheRoom() {
        byte[] plain = bytes(3 * SEGMENT);
        Digest id = cipher.id(plain, plain.length);
        byte[] damagedAtTheEnd = cipher.seal(id, plain, plain.length, true, RANDOM);
        damagedAtTheEnd[damagedAtTheEnd.length - 1] ^= 1;
        Digest another = cipher.id(plain, 1);
        byte[] ofAnotherName = cipher.seal(another, plain, plain.length, true, RANDOM);

        for (byte[] sealed : List.of(damagedAtTheEnd, ofAnotherName)) {
            byte[] room = new byte[ChunkCipher.roomFor(plain.length, sealed.length)];
            assertThrows(
                    NotAuthenticException.class,
                    () -> cipher.openAndCheck(
                            sealed == ofAnotherName ? another : id, plain.length, sealed, sealed.length, room));
            // The length of what stood there is no secret.
            Arrays.fill(room, plain.length, plain.length + 5, (byte) 0);
            assertArrayEquals(new byte[room.length], room);
        }
    }

    @Test
    void eachFlippedBitIsNoticed() {
        byte[] plain = bytes(300);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length, true, RANDOM);

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(NotAuthenticException.class, () -> open(cipher, id, 300, flipped));
        }
    }

    @Test
    void eachLengthItIsCutToIsNoticed() {
        byte[] plain = bytes(300);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length, true, RANDOM);

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThrows(NotAuthenticException.class, () -> open(cipher, id, 300, cut));
        }
        assertThrows(
                NotAuthenticException.class, () -> open(cipher, id, 300, Arrays.copyOf(sealed, sealed.length + 1)));
        assertThrows(NotAuthenticException.class, () -> open(cipher, id, 300, Arrays.copyOf(sealed, 5 << 20)));
    }

    @Test
    void segmentsCannotBeSwappedDroppedRepeatedOrCutOff() {
        // With the five bytes before it, exactly three segments.
        byte[] plain = bytes(3 * SEGMENT - 5);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length, false, RANDOM);
        int size = SEGMENT + 16;

        for (int[] order : new int[][] {
            {1, 0, 2}, {0, 2, 1}, {2, 1, 0}, {0, 1}, {0, 2}, {1, 2}, {0}, {0, 0, 2}, {0, 1, 2, 2}, {0, 1, 1, 2}
        }) {
            byte[] other = Arrays.copyOf(sealed, HEADER + order.length * size);
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(sealed, HEADER + order[i] * size, other, HEADER + i * size, size);
            }
            assertThrows(NotAuthenticException.class, () -> open(cipher, id, plain.length, other));
        }
    }

    @Test
    void aChunkDoesNotOpenUnderAnotherName() {
        byte[] one = bytes(100);
        byte[] two = bytes(101);
        Digest idOfOne = cipher.id(one, one.length);
        Digest idOfTwo = cipher.id(two, two.length);

        byte[] sealed = cipher.seal(idOfOne, one, one.length, true, RANDOM);

        assertThrows(NotAuthenticException.class, () -> open(cipher, idOfTwo, 101, sealed));
    }

    @Test
    void whoHasTheKeyStillCannotPutAnotherContentUnderANameThatComesFromElsewhere() {
        byte[] one = bytes(100);
        byte[] two = bytes(101);

        byte[] sealed = cipher.seal(cipher.id(one, one.length), two, two.length, true, RANDOM);

        assertThrows(NotAuthenticException.class, () -> openAndCheck(cipher.id(one, one.length), 101, sealed));
    }

    @Test
    void anotherLengthThanTheEntrySaysIsNotTheChunk() {
        for (byte[] plain : new byte[][] {bytes(1000), new byte[1000]}) {
            Digest id = cipher.id(plain, plain.length);
            byte[] sealed = cipher.seal(id, plain, plain.length, true, RANDOM);

            assertThrows(NotAuthenticException.class, () -> open(cipher, id, 999, sealed));
            assertThrows(NotAuthenticException.class, () -> open(cipher, id, 1001, sealed));
        }
    }

    @Test
    void theSameChunkIsSealedUnderAnotherKeyEachTime() {
        byte[] plain = bytes(100);
        Digest id = cipher.id(plain, plain.length);

        byte[] once = cipher.seal(id, plain, plain.length, true, RANDOM);
        byte[] again = cipher.seal(id, plain, plain.length, true, RANDOM);

        assertFalse(Arrays.equals(once, again));
    }

    @Test
    void textTakesLessRoomAndAnIncompressibleChunkInTheMidstOfADocumentHardlyMore() {
        byte[] text = "The offer for the north building stays confidential.\n"
                .repeat(1000)
                .getBytes(StandardCharsets.UTF_8);
        byte[] random = bytes(100_000);

        byte[] ofText = cipher.seal(cipher.id(text, text.length), text, text.length, true, RANDOM);
        byte[] ofRandom = cipher.seal(cipher.id(random, random.length), random, random.length, false, RANDOM);

        assertTrue(ofText.length < text.length / 20, "text takes " + ofText.length);
        assertEquals(random.length + 5 + HEADER + 2 * 16, ofRandom.length);
    }

    @Test
    void lengthsOfDocumentsThatAreNearlyAsLongLookTheSame() {
        long lengths = IntStream.range(10_000, 10_200)
                .map(length ->
                        cipher.seal(cipher.id(bytes(length), length), bytes(length), length, true, RANDOM).length)
                .distinct()
                .count();

        assertTrue(lengths <= 2, lengths + " lengths");
    }

    @Test
    void vaultsDoNotShareNamesOrKeys() {
        byte[] plain = bytes(100);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length, true, RANDOM);
        try (SecretBytes other = SecretBytes.ofAndZero(bytes(32));
                ChunkCipher otherCipher = new ChunkCipher(other)) {
            assertNotEquals(id, otherCipher.id(plain, plain.length));
            assertThrows(NotAuthenticException.class, () -> open(otherCipher, id, 100, sealed));
        }
    }

    /// The files were made from the words of `docs/vault-format.md` in another language; they are never written again.
    @Test
    void chunksOfFormatTwoAreReadForEver() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append("Minutes of the ").append(i).append(". meeting, confidential.\n");
        }
        assertReads("chunk-v2-stored.bin", STORED_NAME, stored());
        assertReads(
                "chunk-v2-compressed.bin",
                "3ad0b57a7e7d08adcc146cdc6049fa209625073d56db619100535f387c0cfe18",
                text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void chunksOfFormatThreeAreReadForEver() throws Exception {
        byte[] compressible = new byte[300_000];
        int state = 1;
        for (int i = 0; i < compressible.length; i++) {
            state = state * 1_103_515_245 + 12_345;
            compressible[i] = (byte) (state >>> 16 & 15);
        }
        assertReads("chunk-v3-stored.bin", STORED_NAME, stored());
        assertReads("chunk-v3-compressed.bin", COMPRESSED_NAME, compressible);
    }

    private static byte[] stored() {
        byte[] plain = new byte[SEGMENT + 1000];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i * 7 + i / 251);
        }
        return plain;
    }

    private void assertReads(String file, String name, byte[] plain) throws Exception {
        try (InputStream in = ChunkCipherTest.class.getResourceAsStream("/vectors/" + file)) {
            byte[] golden = Objects.requireNonNull(in).readAllBytes();
            Digest id = Digest.parse(name);

            assertEquals(id, cipher.id(plain, plain.length));
            assertArrayEquals(plain, openAndCheck(id, plain.length, golden));
        }
    }
}
