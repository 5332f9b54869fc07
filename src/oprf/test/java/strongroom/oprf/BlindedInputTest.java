package strongroom.oprf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/// Both sides together, and what a client refuses of a server.
class BlindedInputTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] INPUT = "what was made of a PIN".getBytes(StandardCharsets.UTF_8);

    private final ServerKey key = ServerKey.generate(RANDOM);
    private final byte[] publicKey = key.publicKey();

    private static byte[] output(byte[] input, ServerKey key) throws OprfException {
        try (BlindedInput blinded = BlindedInput.blind(input, RANDOM)) {
            ServerKey.Answer answer = key.evaluate(blinded.element(), RANDOM);
            return blinded.finish(answer.element(), answer.proof(), key.publicKey());
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (1 << bit % 8);
        return other;
    }

    @Test
    void twoBlindingsOfOneInputAreDifferentElementsAndOneOutput() throws Exception {
        try (BlindedInput one = BlindedInput.blind(INPUT, RANDOM);
                BlindedInput other = BlindedInput.blind(INPUT, RANDOM)) {
            ServerKey.Answer toOne = key.evaluate(one.element(), RANDOM);
            ServerKey.Answer toOther = key.evaluate(other.element(), RANDOM);

            assertFalse(Arrays.equals(one.element(), other.element()));
            assertFalse(Arrays.equals(toOne.element(), toOther.element()));
            assertArrayEquals(
                    one.finish(toOne.element(), toOne.proof(), publicKey),
                    other.finish(toOther.element(), toOther.proof(), publicKey));
        }
    }

    @Test
    void anotherInputOrAnotherKeyIsAnotherOutput() throws Exception {
        byte[] output = output(INPUT, key);

        assertEquals(32, output.length);
        assertFalse(Arrays.equals(output, output(flipped(INPUT, 0), key)));
        assertFalse(Arrays.equals(output, output(INPUT, ServerKey.generate(RANDOM))));
    }

    @Test
    void randomInputsOfAllLengthsHaveOneOutputWhateverBlindsThemOnSeveralThreads() {
        IntStream.range(0, 12).parallel().forEach(round -> {
            byte[] input = new byte[7 * round];
            RANDOM.nextBytes(input);
            try {
                ServerKey each = round % 2 == 0 ? key : ServerKey.generate(RANDOM);
                byte[] output = output(input, each);

                assertArrayEquals(output, output(input, ServerKey.of(each.toByteArray())));
                assertArrayEquals(output, unblinded(input, each));
            } catch (OprfException e) {
                throw new AssertionError(e);
            }
        });
    }

    /// Evaluate (RFC 9497 §3.3.1): what who has key and input computes without blinding anything.
    private static byte[] unblinded(byte[] input, ServerKey key) throws OprfException {
        ECPoint element = P256.hashToGroup(input).multiply(P256.scalar(key.toByteArray()));
        try (Transcript transcript = new Transcript()) {
            return transcript
                    .field(input)
                    .field(P256.encode(element))
                    .label("Finalize")
                    .hash();
        }
    }

    @Test
    void theLongestInputIsTakenAndALongerOneRefused() throws Exception {
        byte[] longest = new byte[BlindedInput.MAX_INPUT];

        assertArrayEquals(output(longest, key), output(longest, key));
        assertThrows(
                IllegalArgumentException.class, () -> BlindedInput.blind(new byte[BlindedInput.MAX_INPUT + 1], RANDOM)
                        .close());
    }

    @Test
    void anInputThatHashesToTheIdentityWouldBeRefused() {
        ECPoint identity = P256.generator().getCurve().getInfinity();

        assertThrows(IllegalArgumentException.class, () -> P256.blindable(identity));
    }

    @Test
    void theAnswerOfAnotherKeyIsRefused() throws Exception {
        ServerKey another = ServerKey.generate(RANDOM);
        try (BlindedInput blinded = BlindedInput.blind(INPUT, RANDOM)) {
            ServerKey.Answer answer = another.evaluate(blinded.element(), RANDOM);

            assertThrows(OprfException.class, () -> blinded.finish(answer.element(), answer.proof(), publicKey));
            assertThrows(
                    OprfException.class,
                    () -> blinded.finish(
                            answer.element(),
                            key.evaluate(blinded.element(), RANDOM).proof(),
                            publicKey));
        }
    }

    @Test
    void theAnswerToAnotherElementIsRefused() throws Exception {
        try (BlindedInput blinded = BlindedInput.blind(INPUT, RANDOM);
                BlindedInput another = BlindedInput.blind(INPUT, RANDOM)) {
            ServerKey.Answer answer = key.evaluate(another.element(), RANDOM);

            assertThrows(OprfException.class, () -> blinded.finish(answer.element(), answer.proof(), publicKey));
        }
    }

    @Test
    void aFlippedBitInAnyByteOfElementProofOrKeyIsRefused() throws Exception {
        try (BlindedInput blinded = BlindedInput.blind(INPUT, RANDOM)) {
            ServerKey.Answer answer = key.evaluate(blinded.element(), RANDOM);
            byte[] element = answer.element();
            byte[] proof = answer.proof();

            for (int i = 0; i < element.length; i++) {
                byte[] wrong = flipped(element, 8 * i + i % 8);
                assertThrows(OprfException.class, () -> blinded.finish(wrong, proof, publicKey));
                byte[] wrongKey = flipped(publicKey, 8 * i + i % 8);
                assertThrows(OprfException.class, () -> blinded.finish(element, proof, wrongKey));
            }
            for (int i = 0; i < proof.length; i++) {
                byte[] wrong = flipped(proof, 8 * i + i % 8);
                assertThrows(OprfException.class, () -> blinded.finish(element, wrong, publicKey));
            }
        }
    }

    @Test
    void whatIsNoElementIsRefusedAsAnswerAndAsKey() throws Exception {
        try (BlindedInput blinded = BlindedInput.blind(INPUT, RANDOM)) {
            ServerKey.Answer answer = key.evaluate(blinded.element(), RANDOM);

            for (Elements.Wrong wrong : Elements.wrong(publicKey)) {
                assertThrows(
                        OprfException.class,
                        () -> blinded.finish(wrong.bytes(), answer.proof(), publicKey),
                        wrong.why());
                assertThrows(
                        OprfException.class,
                        () -> blinded.finish(answer.element(), answer.proof(), wrong.bytes()),
                        wrong.why());
            }
        }
    }

    @Test
    void whatIsNoProofIsRefused() throws Exception {
        try (BlindedInput blinded = BlindedInput.blind(INPUT, RANDOM)) {
            ServerKey.Answer answer = key.evaluate(blinded.element(), RANDOM);
            byte[] challengeOfOrder = answer.proof().clone();
            System.arraycopy(Elements.ORDER, 0, challengeOfOrder, 0, 32);
            byte[] responseOfOrder = answer.proof().clone();
            System.arraycopy(Elements.ORDER, 0, responseOfOrder, 32, 32);

            assertThrows(OprfException.class, () -> EqualityProof.of(challengeOfOrder));
            assertThrows(OprfException.class, () -> EqualityProof.of(responseOfOrder));
            for (byte[] wrong : List.of(
                    new byte[0],
                    new byte[64],
                    Arrays.copyOf(answer.proof(), 63),
                    Arrays.copyOf(answer.proof(), 65),
                    challengeOfOrder,
                    responseOfOrder)) {
                assertThrows(OprfException.class, () -> blinded.finish(answer.element(), wrong, publicKey));
            }
        }
    }

    @Test
    void whatWasClosedMakesNoOutput() throws Exception {
        BlindedInput blinded = BlindedInput.blind(INPUT, RANDOM);
        ServerKey.Answer answer = key.evaluate(blinded.element(), RANDOM);

        blinded.close();
        blinded.close();

        assertThrows(IllegalStateException.class, () -> blinded.finish(answer.element(), answer.proof(), publicKey));
    }

    @Test
    void theCallersInputIsNeitherKeptNorChanged() throws Exception {
        byte[] input = INPUT.clone();
        byte[] expected = output(INPUT, key);
        try (BlindedInput blinded = BlindedInput.blind(input, RANDOM)) {
            assertArrayEquals(INPUT, input);
            Arrays.fill(input, (byte) 0);
            ServerKey.Answer answer = key.evaluate(blinded.element(), RANDOM);

            assertArrayEquals(expected, blinded.finish(answer.element(), answer.proof(), publicKey));
        }
    }
}
