package strongroom.oprf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void aKeyComesBackFromItsBytes() throws Exception {
        ServerKey key = ServerKey.generate(RANDOM);

        ServerKey again = ServerKey.of(key.toByteArray());

        assertEquals(ServerKey.SIZE, key.toByteArray().length);
        assertArrayEquals(key.publicKey(), again.publicKey());
        assertArrayEquals(key.toByteArray(), again.toByteArray());
    }

    @Test
    void eachKeyIsAnother() {
        assertFalse(Arrays.equals(
                ServerKey.generate(RANDOM).toByteArray(),
                ServerKey.generate(RANDOM).toByteArray()));
    }

    @Test
    void theSmallestAndTheLargestScalarAreKeys() throws Exception {
        byte[] one = ServerKey.of(Elements.plus(new byte[32], 1)).publicKey();
        byte[] minusOne = ServerKey.of(Elements.plus(Elements.ORDER, -1)).publicKey();

        assertArrayEquals(P256.encode(P256.generator()), one);
        assertArrayEquals(P256.encode(P256.generator().negate()), minusOne);
    }

    @Test
    void zeroAndWhatIsNotBelowTheOrderAndOtherLengthsAreNoKeys() {
        for (byte[] wrong : List.of(
                new byte[32],
                Elements.ORDER,
                Elements.plus(Elements.ORDER, 1),
                Elements.plus(new byte[32], -1),
                new byte[0],
                Arrays.copyOf(Elements.plus(new byte[32], 1), 31),
                Arrays.copyOf(Elements.plus(new byte[32], 1), 33))) {
            assertThrows(OprfException.class, () -> ServerKey.of(wrong));
        }
    }

    @Test
    void whatIsNoElementIsNotEvaluated() throws Exception {
        ServerKey key = ServerKey.generate(RANDOM);
        for (Elements.Wrong wrong : Elements.wrong(key.publicKey())) {
            assertThrows(OprfException.class, () -> key.evaluate(wrong.bytes(), RANDOM), wrong.why());
        }
    }

    @Test
    void whatIsChangedInAnAnswerIsTheCallersAlone() throws Exception {
        ServerKey key = ServerKey.generate(RANDOM);
        byte[] publicKey = key.publicKey();

        Arrays.fill(key.publicKey(), (byte) 0);
        Arrays.fill(key.toByteArray(), (byte) 0);

        assertArrayEquals(publicKey, key.publicKey());
        assertArrayEquals(publicKey, ServerKey.of(key.toByteArray()).publicKey());
    }

    @Test
    void noTwoProofsOfOneElementAreTheSame() throws Exception {
        ServerKey key = ServerKey.generate(RANDOM);
        byte[] element = ServerKey.generate(RANDOM).publicKey();

        ServerKey.Answer first = key.evaluate(element, RANDOM);
        ServerKey.Answer second = key.evaluate(element, RANDOM);

        assertArrayEquals(first.element(), second.element());
        assertFalse(Arrays.equals(first.proof(), second.proof()));
    }
}
