package strongroom.protocol.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

class PinPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final PinPolicy STRICT = new PinPolicy(7, 10, 90, 12, true, NOW);

    private static Keys root;
    private static Keys admin;
    private static Organisation organisation;
    private static Signed certificate;

    @BeforeAll
    static void found() throws Exception {
        Founded founded = Founded.at(NOW);
        root = founded.root();
        admin = founded.admin();
        organisation = founded.organisation();
        certificate = founded.certificate(KeyCertificate.Role.ADMINISTRATOR, root);
    }

    private static byte[] encoded(long number, int shortest, int age, int destroy) {
        return new CanonicalWriter()
                .int64(number)
                .uint32(shortest)
                .uint32(age)
                .uint32(destroy)
                .bool(false)
                .instant(NOW)
                .toByteArray();
    }

    @Test
    void whatAnAdministratorSignedIsReadAgainWithTheirName() throws Exception {
        for (PinPolicy policy : List.of(
                STRICT,
                new PinPolicy(1, PinPolicy.MIN_SHORTEST, 0, 0, false, NOW),
                new PinPolicy(2, PinPolicy.MIN_SHORTEST, 1, PinPolicy.MIN_DESTROY, false, NOW),
                new PinPolicy(
                        Long.MAX_VALUE, PinPolicy.MAX_SHORTEST, PinPolicy.MAX_AGE, PinPolicy.MAX_DESTROY, true, NOW))) {
            SignedPolicy signed = SignedPolicy.of(policy, certificate, admin);

            assertEquals(policy, SignedPolicy.of(signed.toByteArray()).verify(PolicyKind.PIN, organisation));
            assertEquals("Ada", signed.signedBy(PolicyKind.PIN, organisation));
        }
    }

    @Test
    void itsBytesAreTheseForEver() throws Exception {
        String bytes = "0000000000000007" + "0000000a" + "0000005a" + "0000000c" + "01" + "000001a20320a200";

        assertEquals(STRICT, PinPolicy.parse(HexFormat.of().parseHex(bytes)));
        assertEquals(bytes, HexFormat.of().formatHex(STRICT.toByteArray()));
    }

    @Test
    void whatIsWeakerThanTheProgramOrOutOfRangeIsRefused() {
        for (byte[] bad : List.of(
                encoded(0, 6, 0, 0),
                encoded(-1, 6, 0, 0),
                encoded(1, PinPolicy.MIN_SHORTEST - 1, 0, 0),
                encoded(1, PinPolicy.MAX_SHORTEST + 1, 0, 0),
                encoded(1, 6, PinPolicy.MAX_AGE + 1, 0),
                encoded(1, 6, 0, 1),
                encoded(1, 6, 0, PinPolicy.MIN_DESTROY - 1),
                encoded(1, 6, 0, PinPolicy.MAX_DESTROY + 1))) {
            assertThrows(MalformedException.class, () -> PinPolicy.parse(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> new PinPolicy(1, 5, 0, 0, false, NOW));
        assertThrows(IllegalArgumentException.class, () -> new PinPolicy(1, 6, -1, 0, false, NOW));
        assertThrows(IllegalArgumentException.class, () -> new PinPolicy(1, 6, 0, 4, false, NOW));
    }

    @Test
    void everyOtherLengthAndEveryChangedByteIsRefused() throws Exception {
        byte[] signed = SignedPolicy.of(STRICT, certificate, admin).toByteArray();

        Damage.assertOtherLengthsAreRefused(STRICT.toByteArray(), PinPolicy::parse);
        Damage.assertOtherLengthsAreRefused(signed, SignedPolicy::of);
        Damage.assertChangesAreRefused(
                signed, encoded -> SignedPolicy.of(encoded).verify(PolicyKind.PIN, organisation));
    }

    @Test
    void aPolicyOfOneKindIsNoneOfAnother() throws Exception {
        SignedPolicy pin = SignedPolicy.of(STRICT, certificate, admin);
        SharePolicy off = new SharePolicy(1, SharePolicy.Mode.OFF, 0, 0, NOW);
        SignedPolicy share = SignedPolicy.of(off, certificate, admin);
        SignedPolicy dressedUp =
                new SignedPolicy(certificate, Signed.by(admin, Signed.Purpose.SHARE_POLICY, STRICT.toByteArray()));

        assertThrows(MalformedException.class, () -> pin.verify(PolicyKind.SHARE, organisation));
        assertThrows(MalformedException.class, () -> share.verify(PolicyKind.PIN, organisation));
        assertThrows(MalformedException.class, () -> dressedUp.verify(PolicyKind.PIN, organisation));
    }

    @Test
    void aPolicyThatTheRootsOtherKeysSignedIsNobodys() throws Exception {
        assertThrows(MalformedException.class, () -> SignedPolicy.of(STRICT, certificate, root)
                .verify(PolicyKind.PIN, organisation));
        assertThrows(MalformedException.class, () -> SignedPolicy.of(STRICT, certificate, root)
                .signedBy(PolicyKind.PIN, organisation));
    }
}
