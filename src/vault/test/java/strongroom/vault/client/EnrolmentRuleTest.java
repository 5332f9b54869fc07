package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Digest;
import strongroom.protocol.posture.SecondWay;
import strongroom.vault.client.EnrolmentState.Finished;
import strongroom.vault.client.EnrolmentState.Missing;
import strongroom.vault.client.EnrolmentState.Unfinished;
import strongroom.vault.store.KeptWays;

class EnrolmentRuleTest {
    private static final Instant SHOWN = Instant.parse("2026-03-01T09:00:00Z");
    private static final Digest SLOT = Digest.sha256(new byte[] {1});
    private static final Digest OTHER = Digest.sha256(new byte[] {2});
    private static final RecoveryState SHEET = new RecoveryState.Sheet("3f2a91c0", SHOWN);
    private static final RecoveryState ADMINISTRATORS = new RecoveryState.ByAdministrators();
    private static final KeptWays CODE = kept(true, SecondWay.CODE, SHOWN);

    private static KeptWays kept(boolean byPin, SecondWay way, Instant seen) {
        return new KeptWays(byPin, new KeptWays.Second(way, SLOT, SHOWN), seen);
    }

    private static EnrolmentState code(KeptWays kept, Instant now) {
        return EnrolmentRule.judge(kept, SHEET, SLOT, now);
    }

    private static Instant day(int day) {
        return SHOWN.plus(Duration.ofDays(day));
    }

    @Test
    void aProofIsGoodForNinetyDays() {
        assertEquals(new Finished(SHOWN, false), code(CODE, day(0)));
        assertEquals(new Finished(SHOWN, false), code(CODE, day(89)));
        assertEquals(new Finished(SHOWN, false), code(CODE, day(90)));
        assertEquals(new Finished(SHOWN, true), code(CODE, day(90).plusMillis(1)));
        assertEquals(new Finished(SHOWN, true), code(CODE, day(91)));
    }

    @Test
    void aClockThatIsSetBackMakesNoProofYounger() {
        assertEquals(new Finished(SHOWN, true), code(CODE.seenAt(day(91)), day(3)));
        assertEquals(new Finished(SHOWN, false), code(CODE.seenAt(day(89)), day(3)));
    }

    @Test
    void aProofOfTheFutureWasDatedByAWrongClock() {
        assertEquals(new Finished(SHOWN, false), code(CODE, day(-1)));
        assertEquals(new Finished(SHOWN, true), code(CODE, day(-1).minusMillis(1)));
    }

    @Test
    void withoutAnythingASecondWayIsMissing() {
        assertEquals(
                new Unfinished(Missing.SECOND_WAY),
                EnrolmentRule.judge(KeptWays.NONE, new RecoveryState.None(), null, day(0)));
        // A slot that was removed is no way in, whatever was shown of it.
        assertEquals(
                new Unfinished(Missing.SECOND_WAY), EnrolmentRule.judge(CODE, new RecoveryState.None(), null, day(0)));
    }

    @Test
    void aCodeCountsForTheSlotThatItOpenedAndNoOther() {
        assertEquals(new Unfinished(Missing.PROOF_OF_CODE), code(KeptWays.NONE, day(0)));
        assertEquals(new Unfinished(Missing.PROOF_OF_CODE), EnrolmentRule.judge(CODE, SHEET, OTHER, day(0)));
        assertEquals(new Unfinished(Missing.PROOF_OF_CODE), EnrolmentRule.judge(CODE, SHEET, null, day(0)));
        assertEquals(new Unfinished(Missing.PROOF_OF_CODE), code(kept(true, SecondWay.ADMINISTRATORS, SHOWN), day(0)));
    }

    @Test
    void whereTheServerTakesPartTheKeysLeftForAdministratorsCount() {
        assertEquals(
                new Unfinished(Missing.KEYS_FOR_ADMINISTRATORS),
                EnrolmentRule.judge(CODE, ADMINISTRATORS, null, day(0)));
        KeptWays left = kept(true, SecondWay.ADMINISTRATORS, SHOWN);
        assertEquals(new Finished(SHOWN, false), EnrolmentRule.judge(left, ADMINISTRATORS, null, day(400)));
    }

    @Test
    void aPinHasToOpenTheStoreOnceAsWell() {
        assertEquals(new Unfinished(Missing.PIN), code(kept(false, SecondWay.CODE, SHOWN), day(0)));
        assertEquals(
                new Unfinished(Missing.PIN),
                EnrolmentRule.judge(kept(false, SecondWay.ADMINISTRATORS, SHOWN), ADMINISTRATORS, null, day(0)));
    }
}
