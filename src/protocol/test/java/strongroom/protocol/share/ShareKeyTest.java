package strongroom.protocol.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Damage;
import strongroom.protocol.Keys;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

class ShareKeyTest {
    private static byte[] point(int filling) {
        byte[] point = new byte[ShareKey.POINT];
        Arrays.fill(point, (byte) filling);
        return point;
    }

    @Test
    void aKeyIsReadAgainAndIsItsPointAndThenTheLessor() throws Exception {
        Keys lessor = Keys.onP256();
        ShareKey key = new ShareKey(point(2), lessor.verifyingKey());
        CanonicalWriter expected = new CanonicalWriter().fixed(point(2));
        lessor.verifyingKey().write(expected);

        assertEquals(key, ShareKey.of(key.toByteArray()));
        assertArrayEquals(expected.toByteArray(), key.toByteArray());
        assertNotEquals(key, new ShareKey(point(3), lessor.verifyingKey()));
        assertNotEquals(key, new ShareKey(point(2), Keys.onP256().verifyingKey()));
    }

    @Test
    void aLessorOnAnotherCurveIsRefused() throws Exception {
        byte[] encoded = new ShareKey(point(2), Keys.make().verifyingKey()).toByteArray();

        assertThrows(MalformedException.class, () -> ShareKey.of(encoded));
    }

    @Test
    void everyOtherLengthIsRefused() throws Exception {
        Damage.assertOtherLengthsAreRefused(
                new ShareKey(point(2), Keys.onP256().verifyingKey()).toByteArray(), ShareKey::of);
    }
}
