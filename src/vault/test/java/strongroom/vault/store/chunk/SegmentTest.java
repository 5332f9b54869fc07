package strongroom.vault.store.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Digest;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

class SegmentTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretBytes key = SecretBytes.random(32, RANDOM);
    private final ChunkCipher cipher = new ChunkCipher(key);

    @AfterEach
    void close() {
        cipher.close();
        key.close();
    }

    @Test
    void theLengthsTellWhetherAChunkIsCompressed() {
        Random random = new Random(7);
        int compressed = 0;
        int stored = 0;
        try (Coding coding = new Coding()) {
            for (int i = 0; i < 400; i++) {
                byte[] plain = halfRandom(random, Segment.BODY + 1 + random.nextInt(3 * Segment.BODY));
                try (Coding.Body body = coding.encode(plain, plain.length, random.nextBoolean())) {
                    boolean isStored = body.bytes()[0] == 0;

                    int count = (body.length() + Segment.BODY - 1) / Segment.BODY;
                    int sealed = ChunkCipher.HEADER + body.length() + count * (Segment.SEALED - Segment.BODY);
                    assertEquals(
                            isStored, Segment.holding(0, plain.length, sealed).isPresent());
                    compressed += isStored ? 0 : 1;
                    stored += isStored ? 1 : 0;
                }
            }
        }
        assertTrue(compressed > 50 && stored > 50, compressed + " and " + stored);
    }

    @Test
    void eachSegmentOpensAloneAndTheyMakeUpTheChunk() throws Exception {
        for (int length : new int[] {Segment.BODY + 1, 2 * Segment.BODY - 5, 2 * Segment.BODY, 700_001}) {
            for (boolean last : new boolean[] {false, true}) {
                byte[] plain = new byte[length];
                new Random(length).nextBytes(plain);
                Digest id = cipher.id(plain, length);
                byte[] sealed = cipher.seal(id, plain, length, last, RANDOM);

                int at = 0;
                while (at < length) {
                    Segment segment = Segment.holding(at, length, sealed.length).orElseThrow();
                    assertEquals(at, segment.from());
                    assertArrayEquals(
                            Arrays.copyOfRange(plain, segment.from(), segment.to()),
                            open(id, length, sealed, segment, segment));
                    at = segment.to();
                }
                assertEquals(length, at);
            }
        }
    }

    @Test
    void aSegmentInThePlaceOfAnotherDoesNotOpen() {
        byte[] plain = new byte[4 * Segment.BODY];
        new Random(1).nextBytes(plain);
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length, false, RANDOM);
        Segment first = Segment.holding(0, plain.length, sealed.length).orElseThrow();
        Segment second =
                Segment.holding(Segment.BODY, plain.length, sealed.length).orElseThrow();
        Segment third =
                Segment.holding(2 * Segment.BODY, plain.length, sealed.length).orElseThrow();

        assertThrows(NotAuthenticException.class, () -> open(id, plain.length, sealed, second, third));
        assertThrows(
                NotAuthenticException.class, () -> open(cipher.id(plain, 1), plain.length, sealed, second, second));
        // Its length stands in the first one.
        byte[] room = new byte[Segment.BODY];
        byte[] header = Arrays.copyOf(sealed, ChunkCipher.HEADER);
        byte[] piece = Arrays.copyOfRange(sealed, first.position(), first.position() + first.sealed());
        assertThrows(NotAuthenticException.class, () -> cipher.open(id, plain.length - 1, header, first, piece, room));
        assertArrayEquals(new byte[Segment.BODY], room);
    }

    @Test
    void aSegmentOfWhatIsCompressedIsNotTakenForPlaintext() {
        byte[] plain = new byte[8 * Segment.BODY];
        new Random(3).nextBytes(plain);
        for (int i = 0; i < plain.length; i++) {
            plain[i] &= 15;
        }
        Digest id = cipher.id(plain, plain.length);
        byte[] sealed = cipher.seal(id, plain, plain.length, false, RANDOM);
        assertEquals(Optional.empty(), Segment.holding(Segment.BODY, plain.length, sealed.length));

        // What a table says that was changed.
        Segment wrong =
                Segment.holding(Segment.BODY, plain.length, 2 * plain.length).orElseThrow();

        assertThrows(NotAuthenticException.class, () -> open(id, plain.length, sealed, wrong, wrong));
    }

    @Test
    void whatIsOneSegmentIsOpenedWhole() {
        byte[] plain = new byte[Segment.BODY];
        new Random(2).nextBytes(plain);
        byte[] sealed = cipher.seal(cipher.id(plain, plain.length), plain, plain.length, true, RANDOM);

        assertEquals(Optional.empty(), Segment.holding(0, plain.length, sealed.length));
    }

    /// @param wanted whose ciphertext @param place which segment it is opened as
    private byte[] open(Digest id, int length, byte[] sealed, Segment wanted, Segment place)
            throws NotAuthenticException {
        byte[] header = Arrays.copyOf(sealed, ChunkCipher.HEADER);
        byte[] piece = Arrays.copyOfRange(sealed, wanted.position(), wanted.position() + wanted.sealed());
        byte[] room = new byte[Segment.BODY];
        int at = cipher.open(id, length, header, place, piece, room);
        return Arrays.copyOfRange(room, at, at + place.to() - place.from());
    }

    /// Some of it random, the rest one byte.
    private static byte[] halfRandom(Random random, int length) {
        byte[] plain = new byte[length];
        random.nextBytes(plain);
        Arrays.fill(plain, 0, (int) (length * random.nextDouble() * random.nextDouble()), (byte) 'a');
        return plain;
    }
}
