package strongroom.vault.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentCipherTest {
    private static final int OVERHEAD = SegmentCipher.OVERHEAD;

    private final SecureRandom random = new SecureRandom();
    private final SecretBytes key = SecretBytes.random(Aead.KEY, random);
    private final byte[] prefix = new byte[SegmentCipher.PREFIX];
    private final byte[] aad = {1, 2, 3};

    @AfterEach
    void closeKey() {
        key.close();
    }

    private SegmentCipher cipher() {
        return new SegmentCipher(key, prefix, aad);
    }

    @Test
    void segmentsAreSealedAndOpenedInPlace() throws Exception {
        byte[] plaintext = new byte[1 << 16];
        random.nextBytes(plaintext);
        byte[] room = new byte[plaintext.length + OVERHEAD];
        SegmentCipher cipher = cipher();
        for (int number = 0; number < 3; number++) {
            System.arraycopy(plaintext, 0, room, 0, plaintext.length);

            assertEquals(room.length, cipher.seal(number, number == 2, room, 0, plaintext.length, room, 0));
            assertEquals(plaintext.length, cipher.open(number, number == 2, room, 0, room.length, room, 0));

            assertArrayEquals(plaintext, java.util.Arrays.copyOf(room, plaintext.length));
        }
    }

    @Test
    void buffersOffTheHeapGiveTheSame() throws Exception {
        byte[] plaintext = new byte[1000];
        random.nextBytes(plaintext);
        byte[] sealed = new byte[plaintext.length + OVERHEAD];
        cipher().seal(7, true, plaintext, 0, plaintext.length, sealed, 0);
        ByteBuffer in =
                ByteBuffer.allocateDirect(plaintext.length).put(plaintext).flip();
        ByteBuffer out = ByteBuffer.allocateDirect(sealed.length);
        ByteBuffer back = ByteBuffer.allocateDirect(plaintext.length);

        cipher().seal(7, true, in, out);
        cipher().open(7, true, out.flip(), back);

        assertEquals(ByteBuffer.wrap(sealed), out.flip());
        assertEquals(ByteBuffer.wrap(plaintext), back.flip());
    }

    @Test
    void aSegmentOpensOnlyInItsPlace() {
        byte[] sealed = new byte[10 + OVERHEAD];
        byte[] out = new byte[10];
        cipher().seal(1, false, new byte[10], 0, 10, sealed, 0);

        assertThrows(NotAuthenticException.class, () -> cipher().open(0, false, sealed, 0, sealed.length, out, 0));
        assertThrows(NotAuthenticException.class, () -> cipher().open(1, true, sealed, 0, sealed.length, out, 0));
        assertThrows(NotAuthenticException.class, () -> new SegmentCipher(key, new byte[] {1, 0, 0, 0, 0, 0, 0}, aad)
                .open(1, false, sealed, 0, sealed.length, out, 0));
        assertThrows(NotAuthenticException.class, () -> new SegmentCipher(key, prefix, new byte[0])
                .open(1, false, sealed, 0, sealed.length, out, 0));
    }

    @Test
    void everyChangedByteAndEveryCutIsRefused() {
        byte[] sealed = new byte[20 + OVERHEAD];
        byte[] out = new byte[sealed.length];
        cipher().seal(0, true, new byte[20], 0, 20, sealed, 0);

        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(NotAuthenticException.class, () -> cipher().open(0, true, changed, 0, changed.length, out, 0));
            int length = i;
            assertThrows(NotAuthenticException.class, () -> cipher().open(0, true, sealed, 0, length, out, 0));
        }
    }

    @Test
    void aCipherGoesOnAfterARefusal() throws Exception {
        SegmentCipher cipher = cipher();
        byte[] sealed = new byte[5 + OVERHEAD];
        byte[] out = new byte[5];
        cipher.seal(0, true, new byte[5], 0, 5, sealed, 0);

        assertThrows(NotAuthenticException.class, () -> cipher.open(1, true, sealed, 0, sealed.length, out, 0));

        assertEquals(5, cipher.open(0, true, sealed, 0, sealed.length, out, 0));
    }
}
