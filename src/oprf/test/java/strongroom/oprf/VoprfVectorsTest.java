package strongroom.oprf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import strongroom.oprf.Vectors.Case;

/// The vectors of RFC 9497 (appendix A.3.2) for P256-SHA256 in the mode VOPRF.
class VoprfVectorsTest {
    private static ServerKey key() throws OprfException {
        return ServerKey.of(Vectors.voprf().hex("skSm"));
    }

    private static List<Case> runs(int batch) {
        List<Case> runs = Vectors.runs().stream()
                .filter(each -> each.text("Batch").equals(String.valueOf(batch)))
                .toList();
        assertEquals(batch == 1 ? 2 : 1, runs.size());
        return runs;
    }

    private static BigInteger scalar(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    /// DeriveKeyPair (§3.2.1), of which the product has no use: its keys are random.
    @Test
    void theKeyOfTheSeedIsAsPublished() throws Exception {
        Case suite = Vectors.voprf();
        byte[] info = suite.hex("keyInfo");
        byte[] input = new byte[32 + 2 + info.length + 1]; // the last: a counter of failed attempts
        System.arraycopy(suite.hex("seed"), 0, input, 0, 32);
        input[33] = (byte) info.length;
        System.arraycopy(info, 0, input, 34, info.length);

        BigInteger secret = P256.hashToScalar(input, "DeriveKeyPair");

        assertArrayEquals(suite.hex("skSm"), P256.encode(secret));
        assertArrayEquals(suite.hex("skSm"), key().toByteArray());
        assertArrayEquals(suite.hex("pkSm"), key().publicKey());
    }

    @Test
    void everyStepOfASingleInputIsAsPublished() throws Exception {
        for (Case run : runs(1)) {
            Case proof = run.object("Proof");
            try (BlindedInput blinded = BlindedInput.blind(run.hex("Input"), scalar(run.hex("Blind")))) {
                ServerKey.Answer answer = key().evaluate(blinded.element(), scalar(proof.hex("r")));

                assertArrayEquals(run.hex("BlindedElement"), blinded.element());
                assertArrayEquals(run.hex("EvaluationElement"), answer.element());
                assertArrayEquals(proof.hex("proof"), answer.proof());
                assertArrayEquals(
                        run.hex("Output"),
                        blinded.finish(
                                answer.element(),
                                answer.proof(),
                                Vectors.voprf().hex("pkSm")));
            }
        }
    }

    /// One proof for several inputs is not offered; all else of a batch is that of single inputs.
    @Test
    void eachInputOfABatchIsAsPublishedAndTheProofOfAllIsNoneOfOne() throws Exception {
        for (Case run : runs(2)) {
            byte[] proofOfAll = run.object("Proof").hex("proof");
            for (int i = 0; i < 2; i++) {
                BigInteger blind = scalar(run.each("Blind").get(i));
                try (BlindedInput blinded = BlindedInput.blind(run.each("Input").get(i), blind)) {
                    ServerKey.Answer answer = key().evaluate(blinded.element(), new SecureRandom());
                    byte[] publicKey = key().publicKey();

                    assertArrayEquals(run.each("BlindedElement").get(i), blinded.element());
                    assertArrayEquals(run.each("EvaluationElement").get(i), answer.element());
                    assertArrayEquals(
                            run.each("Output").get(i), blinded.finish(answer.element(), answer.proof(), publicKey));
                    assertThrows(OprfException.class, () -> blinded.finish(answer.element(), proofOfAll, publicKey));
                }
            }
        }
    }
}
