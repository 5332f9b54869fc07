package strongroom.protocol.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Damage;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Keys;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.SharePolicy.Mode;

class SharePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final SharePolicy LEASED = new SharePolicy(7, Mode.LEASE, 24, 5, NOW);

    private static Founded founded;
    private static Keys admin;
    private static Organisation organisation;
    private static Signed certificate;

    @BeforeAll
    static void found() throws Exception {
        founded = Founded.at(NOW);
        admin = founded.admin();
        organisation = founded.organisation();
        certificate = founded.certificate(KeyCertificate.Role.ADMINISTRATOR, founded.root());
    }

    private static byte[] encoded(long number, int mode, int hours, int restarts) {
        return new CanonicalWriter()
                .int64(number)
                .uint8(mode)
                .uint32(hours)
                .uint32(restarts)
                .instant(NOW)
                .toByteArray();
    }

    @Test
    void whatAnAdministratorSignedIsReadAgain() throws Exception {
        for (SharePolicy policy : List.of(
                LEASED,
                new SharePolicy(1, Mode.OFF, 0, 0, NOW),
                new SharePolicy(Long.MAX_VALUE, Mode.ALWAYS, 0, 0, NOW),
                new SharePolicy(2, Mode.LEASE, 1, 0, NOW),
                new SharePolicy(3, Mode.LEASE, SharePolicy.MAX_HOURS, SharePolicy.MAX_RESTARTS, NOW))) {
            SignedPolicy signed = SignedPolicy.of(policy, certificate, admin);

            assertEquals(policy, SignedPolicy.of(signed.toByteArray()).verify(PolicyKind.SHARE, organisation));
        }
    }

    @Test
    void itsBytesAreTheseForEver() throws Exception {
        String bytes = "0000000000000007" + "01" + "00000018" + "00000005" + "000001a20320a200";

        assertEquals(LEASED, SharePolicy.parse(HexFormat.of().parseHex(bytes)));
        assertEquals(bytes, HexFormat.of().formatHex(LEASED.toByteArray()));
    }

    @Test
    void anOutOfRangeNumberIsRefusedOnTheWireAndInTheProgram() {
        for (byte[] bad : List.of(
                encoded(0, 0, 0, 0),
                encoded(-1, 2, 0, 0),
                encoded(1, 3, 0, 0),
                encoded(1, 0, 1, 0),
                encoded(1, 0, 0, 1),
                encoded(1, 2, 1, 0),
                encoded(1, 2, 0, 1),
                encoded(1, 1, 0, 5),
                encoded(1, 1, SharePolicy.MAX_HOURS + 1, 5),
                encoded(1, 1, 24, SharePolicy.MAX_RESTARTS + 1))) {
            assertThrows(MalformedException.class, () -> SharePolicy.parse(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> new SharePolicy(0, Mode.OFF, 0, 0, NOW));
        assertThrows(IllegalArgumentException.class, () -> new SharePolicy(1, Mode.ALWAYS, 1, 0, NOW));
        assertThrows(IllegalArgumentException.class, () -> new SharePolicy(1, Mode.LEASE, 0, 0, NOW));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SharePolicy(1, Mode.LEASE, SharePolicy.MAX_HOURS + 1, 0, NOW));
        assertThrows(IllegalArgumentException.class, () -> new SharePolicy(1, Mode.LEASE, 1, -1, NOW));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SharePolicy(1, Mode.LEASE, 1, SharePolicy.MAX_RESTARTS + 1, NOW));
    }

    @Test
    void everyOtherLengthAndEveryChangedByteIsRefused() throws Exception {
        byte[] signed = SignedPolicy.of(LEASED, certificate, admin).toByteArray();

        Damage.assertOtherLengthsAreRefused(LEASED.toByteArray(), SharePolicy::parse);
        Damage.assertOtherLengthsAreRefused(signed, SignedPolicy::of);
        Damage.assertChangesAreRefused(
                signed, encoded -> SignedPolicy.of(encoded).verify(PolicyKind.SHARE, organisation));
    }

    @Test
    void aPolicyOfSomebodyWhoWasNoAdministratorWhenTheySignedItIsNobodys() throws Exception {
        SharePolicy tooLate = new SharePolicy(1, Mode.OFF, 0, 0, NOW.plus(Duration.ofDays(2)));
        Signed self = founded.certificate(KeyCertificate.Role.ADMINISTRATOR, admin);
        Signed code = founded.certificate(KeyCertificate.Role.CODE, founded.root());

        for (SignedPolicy bad : List.of(
                SignedPolicy.of(tooLate, certificate, admin),
                SignedPolicy.of(LEASED, self, admin),
                SignedPolicy.of(LEASED, code, admin),
                SignedPolicy.of(LEASED, certificate, founded.root()),
                new SignedPolicy(certificate, Signed.by(admin, Signed.Purpose.ORDER, LEASED.toByteArray())))) {
            assertThrows(MalformedException.class, () -> bad.verify(PolicyKind.SHARE, organisation));
        }
    }
}
