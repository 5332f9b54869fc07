package strongroom.protocol.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Damage;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Keys;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.SharePolicy;
import strongroom.protocol.policy.SharePolicy.Mode;

class LeaseTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Id SLOT = Id.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    private static final String PIN_OBJECT = "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f";
    private static final PowerClock FROM = new PowerClock(3_600_000, 17, 3);
    /// Of the PIN and the TPM's four comparisons, computed by another program from Part 3 §23.4 and §23.10 of
    /// its specification.
    private static final String DIGEST = "01bfbc8fc8ca7f41095d4d5f98b455dafb149d54328b14eed55138f170fbbeb5";
    /// SHA-256 of slot and object, by another program.
    private static final String REFERENCE = "be63dfd2e6d8004763d2fe29518a21b4d0cc7b15ab25acfe39c1c1d59b115ad3";

    private static SharePolicy policy(int hours, int restarts) {
        return new SharePolicy(1, Mode.LEASE, hours, restarts, NOW);
    }

    private static LeaseRequest request(PowerClock clock) {
        return new LeaseRequest(Digest.of(HexFormat.of().parseHex(PIN_OBJECT)), clock);
    }

    private static Lease lease(PowerClock from, SharePolicy policy) {
        return Lease.of(SLOT, request(from), policy, NOW);
    }

    private static Lease lease() {
        return lease(FROM, policy(24, 5));
    }

    @Test
    void aLeaseIsWhatThePolicyAllowsBehindTheReading() {
        Lease lease = lease();

        assertEquals(FROM, lease.from());
        assertEquals(new PowerClock(25 * 3_600_000L, 22, 3 + Lease.RESUMES), lease.until());
        assertEquals(NOW, lease.issued());
        assertEquals(NOW.plus(Duration.ofHours(24)), lease.expires());
    }

    @Test
    void withoutRestartsThereIsNoResumeEither() {
        assertEquals(
                new PowerClock(2 * 3_600_000L, 17, 3), lease(FROM, policy(1, 0)).until());
    }

    @Test
    void aReadingBeyondAllTimeGetsNoLease() {
        for (PowerClock far : new PowerClock[] {
            new PowerClock(Long.MAX_VALUE, 0, 0),
            new PowerClock(0, Integer.MAX_VALUE, 0),
            new PowerClock(0, 0, Integer.MAX_VALUE)
        }) {
            assertThrows(ArithmeticException.class, () -> lease(far, policy(24, 5)));
        }
    }

    @Test
    void aTpmComparesTheClockBothWaysAndTheStartsFromAbove() {
        HexFormat hex = HexFormat.of();

        assertEquals(
                "000000000036ee80 8 7, 00000000055d4a80 8 9, 00000016 16 9, 000003eb 20 9",
                lease().comparisons().stream()
                        .map(one -> hex.formatHex(one.operand()) + " " + one.offset() + " " + one.operation())
                        .reduce((before, next) -> before + ", " + next)
                        .orElse(""));
    }

    @Test
    void thePolicyDigestIsTheOneThatATpmComputes() {
        assertEquals(DIGEST, HexFormat.of().formatHex(lease().policyDigest()));
        assertEquals(DIGEST + REFERENCE, HexFormat.of().formatHex(lease().approved()));
    }

    @Test
    void everyNumberOfALeaseAndThePinObjectChangeThePolicyDigest() {
        for (Lease other : new Lease[] {
            lease(new PowerClock(3_600_001, 17, 3), policy(24, 5)),
            lease(FROM, policy(25, 5)),
            lease(FROM, policy(24, 6)),
            lease(new PowerClock(3_600_000, 17, 4), policy(24, 5)),
            Lease.of(SLOT, new LeaseRequest(Digest.ZERO, FROM), policy(24, 5), NOW)
        }) {
            assertEquals(false, Arrays.equals(lease().policyDigest(), other.policyDigest()), other.toString());
        }
    }

    @Test
    void anotherSlotOrAnotherPinObjectIsNotMeant() {
        byte[] mine = lease().approved();
        Lease otherPin = Lease.of(SLOT, new LeaseRequest(Digest.ZERO, FROM), policy(24, 5), NOW);
        Lease otherSlot = Lease.of(Id.of(new byte[16]), request(FROM), policy(24, 5), NOW);

        for (Lease other : new Lease[] {otherPin, otherSlot}) {
            assertEquals(false, Arrays.equals(mine, 32, 64, other.approved(), 32, 64));
        }
    }

    @Test
    void aRequestIsReadAgainAndHasItsBytesForEver() throws Exception {
        String bytes = PIN_OBJECT + "000000000036ee80" + "00000011" + "00000003";

        assertEquals(bytes, HexFormat.of().formatHex(request(FROM).toByteArray()));
        assertEquals(request(FROM), LeaseRequest.of(HexFormat.of().parseHex(bytes)));
        Damage.assertOtherLengthsAreRefused(request(FROM).toByteArray(), LeaseRequest::of);
    }

    @Test
    void aGrantedLeaseIsReadAgainAndHasItsBytesForEver() throws Exception {
        Keys lessor = Keys.onP256();
        Lease.Granted granted = lease().grant(lessor);

        assertEquals(lease(), Lease.Granted.of(granted.toByteArray()).verify(lessor.verifyingKey()));
        assertEquals(
                "0102030405060708090a0b0c0d0e0f10"
                        + PIN_OBJECT
                        + "000000000036ee800000001100000003"
                        + "00000000055d4a8000000016000003eb"
                        + "000001a20320a200"
                        + "000001a20846fe00",
                HexFormat.of().formatHex(granted.lease().unverifiedPayload()));
    }

    @Test
    void everyOtherLengthAndEveryChangedByteIsRefused() throws Exception {
        Keys lessor = Keys.onP256();
        byte[] granted = lease().grant(lessor).toByteArray();

        Damage.assertOtherLengthsAreRefused(granted, Lease.Granted::of);
        Damage.assertChangesAreRefused(
                granted, encoded -> Lease.Granted.of(encoded).verify(lessor.verifyingKey()));
    }

    @Test
    void bothSignaturesMustBeTheLessorsAndForThisLease() throws Exception {
        Keys lessor = Keys.onP256();
        Keys other = Keys.onP256();
        Lease.Granted granted = lease().grant(lessor);
        byte[] longerApproval = lease(FROM, policy(48, 5)).grant(lessor).approval();
        byte[] payload = granted.lease().unverifiedPayload();

        for (Lease.Granted bad : new Lease.Granted[] {
            new Lease.Granted(granted.lease(), longerApproval),
            new Lease.Granted(granted.lease(), lessor.sign(payload)),
            new Lease.Granted(granted.lease(), lease().grant(other).approval()),
            new Lease.Granted(lease().grant(other).lease(), granted.approval()),
            new Lease.Granted(Signed.by(lessor, Signed.Purpose.RECEIPT, payload), granted.approval()),
            new Lease.Granted(
                    Signed.by(lessor, Signed.Purpose.LEASE, Arrays.copyOf(payload, payload.length + 1)),
                    granted.approval())
        }) {
            assertThrows(MalformedException.class, () -> bad.verify(lessor.verifyingKey()));
        }
    }
}
