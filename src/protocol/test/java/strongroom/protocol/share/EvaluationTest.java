package strongroom.protocol.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Damage;
import strongroom.protocol.Id;
import strongroom.protocol.Keys;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;

class EvaluationTest {
    private static final Id SLOT = id(1);
    private static final Id TICKET = id(2);

    private static Id id(int filling) {
        return Id.of(filled(Id.SIZE, filling));
    }

    private static byte[] filled(int length, int filling) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) filling);
        return bytes;
    }

    private static Evaluation evaluation(int triesLeft) {
        return new Evaluation(filled(ShareKey.POINT, 3), filled(Evaluation.PROOF, 4), TICKET, triesLeft);
    }

    @Test
    void anEvaluationIsReadAgain() throws Exception {
        for (int triesLeft : new int[] {0, 4, Integer.MAX_VALUE}) {
            Evaluation read = Evaluation.of(evaluation(triesLeft).toByteArray());

            assertEquals(evaluation(triesLeft), read);
            assertArrayEquals(filled(Evaluation.PROOF, 4), read.proof());
            assertEquals(triesLeft, read.triesLeft());
        }
    }

    @Test
    void itsBytesAreTheseForEver() {
        assertEquals(
                "03".repeat(33) + "04".repeat(64) + "02".repeat(16) + "00000004",
                HexFormat.of().formatHex(evaluation(4).toByteArray()));
    }

    @Test
    void everyOtherLengthAndANegativeNumberOfTriesIsRefused() {
        byte[] negative = evaluation(0).toByteArray();
        negative[negative.length - Integer.BYTES] = (byte) 0x80;

        Damage.assertOtherLengthsAreRefused(evaluation(4).toByteArray(), Evaluation::of);
        assertThrows(MalformedException.class, () -> Evaluation.of(negative));
    }

    @Test
    void aConfirmationNamesItsTryToWhoHasTheKeyOfTheSlot() throws Exception {
        Keys key = Keys.make();
        Signed confirmation = evaluation(4).confirm(SLOT, key);

        assertEquals(TICKET, Evaluation.confirmed(Signed.of(confirmation.toByteArray()), key.verifyingKey(), SLOT));
        assertEquals("01".repeat(16) + "02".repeat(16), HexFormat.of().formatHex(confirmation.unverifiedPayload()));
        Damage.assertChangesAreRefused(
                confirmation.toByteArray(),
                encoded -> Evaluation.confirmed(Signed.of(encoded), key.verifyingKey(), SLOT));
    }

    @Test
    void aConfirmationByAnotherKeyForAnotherSlotOrPurposeOrOfAnotherLengthIsRefused() throws Exception {
        Keys key = Keys.make();
        Signed confirmation = evaluation(4).confirm(SLOT, key);
        byte[] payload = confirmation.unverifiedPayload();
        Signed receipt = Signed.by(key, Signed.Purpose.RECEIPT, payload);
        Signed longer = Signed.by(key, Signed.Purpose.SHARE_CONFIRMATION, Arrays.copyOf(payload, payload.length + 1));
        Signed shorter = Signed.by(key, Signed.Purpose.SHARE_CONFIRMATION, Arrays.copyOf(payload, payload.length - 1));
        Keys other = Keys.make();

        assertThrows(MalformedException.class, () -> Evaluation.confirmed(confirmation, other.verifyingKey(), SLOT));
        assertThrows(MalformedException.class, () -> Evaluation.confirmed(confirmation, key.verifyingKey(), TICKET));
        for (Signed bad : new Signed[] {receipt, longer, shorter}) {
            assertThrows(MalformedException.class, () -> Evaluation.confirmed(bad, key.verifyingKey(), SLOT));
        }
    }
}
