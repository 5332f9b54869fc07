package strongroom.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

/// Root → administrator → code → request: no link can be left out, exchanged or used after its time.
class EnrolmentProofTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Id PERSON = Id.of(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});

    private Keys root;
    private Keys admin;
    private Keys code;
    private Keys device;
    private Organisation organisation;

    @BeforeEach
    void make() throws Exception {
        root = Keys.make();
        admin = Keys.make();
        code = Keys.make();
        device = Keys.make();
        organisation = organisation(root);
    }

    private static Organisation organisation(Keys key) throws Exception {
        List<Digest> pins = List.of(Digest.sha256(new byte[] {1}), Digest.sha256(new byte[] {2}));
        return new Organisation(key.verifyingKey(), new PinSet("Muster AG", 1, pins, NOW).sign(key));
    }

    private static Signed certificate(KeyCertificate.Role role, Keys subject, Keys issuer, Instant until)
            throws Exception {
        return new KeyCertificate(role, PERSON, "Anna Keller", subject.verifyingKey(), NOW, until).sign(issuer);
    }

    private Signed administrator() throws Exception {
        return certificate(KeyCertificate.Role.ADMINISTRATOR, admin, root, NOW.plus(Duration.ofDays(365)));
    }

    private Signed codeBy(Keys issuer) throws Exception {
        return certificate(KeyCertificate.Role.CODE, code, issuer, NOW.plus(Duration.ofDays(7)));
    }

    private EnrolmentRequest request() {
        return new EnrolmentRequest(
                "Laptop", "Linux", "hardware", new byte[] {9}, device.verifyingKey(), new byte[] {8}, null);
    }

    @Test
    void anHonestChainSaysWhoEnrolled() throws Exception {
        EnrolmentProof proof =
                new EnrolmentProof(administrator(), codeBy(admin), request().sign(code));
        EnrolmentProof.Verified verified =
                EnrolmentProof.of(proof.toByteArray()).verify(organisation, NOW.plusSeconds(60));

        assertEquals(PERSON, verified.person());
        assertEquals("Anna Keller", verified.personName());
        assertEquals(request(), verified.request());
    }

    @Test
    void aRequestSignedByAnotherKeyIsRefused() throws Exception {
        EnrolmentProof proof =
                new EnrolmentProof(administrator(), codeBy(admin), request().sign(Keys.make()));

        assertThrows(MalformedException.class, () -> proof.verify(organisation, NOW));
    }

    @Test
    void aCodeThatTheServerCertifiedItselfIsRefused() throws Exception {
        EnrolmentProof proof = new EnrolmentProof(
                administrator(), codeBy(Keys.make()), request().sign(code));

        assertThrows(MalformedException.class, () -> proof.verify(organisation, NOW));
    }

    @Test
    void anotherRootIsRefused() throws Exception {
        EnrolmentProof proof =
                new EnrolmentProof(administrator(), codeBy(admin), request().sign(code));
        Organisation other = organisation(Keys.make());

        assertThrows(MalformedException.class, () -> proof.verify(other, NOW));
    }

    @Test
    void aCodeIsNoAdministrator() throws Exception {
        Signed codeAsAdmin = certificate(KeyCertificate.Role.CODE, admin, root, NOW.plus(Duration.ofDays(1)));
        EnrolmentProof proof =
                new EnrolmentProof(codeAsAdmin, codeBy(admin), request().sign(code));

        assertThrows(MalformedException.class, () -> proof.verify(organisation, NOW));
    }

    @Test
    void aCodePastItsDateIsRefused() throws Exception {
        EnrolmentProof proof =
                new EnrolmentProof(administrator(), codeBy(admin), request().sign(code));

        assertThrows(MalformedException.class, () -> proof.verify(organisation, NOW.plus(Duration.ofDays(8))));
    }

    @Test
    void everyFlippedBitIsRefused() throws Exception {
        byte[] whole =
                new EnrolmentProof(administrator(), codeBy(admin), request().sign(code)).toByteArray();
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            assertThrows(
                    MalformedException.class,
                    () -> EnrolmentProof.of(changed).verify(organisation, NOW),
                    "bit of byte " + i);
        }
    }

    @Test
    void theDigitsDependOnBothKeys() throws Exception {
        String digits = request().approvalCode();

        assertEquals(19, digits.length());
        org.junit.jupiter.api.Assertions.assertNotEquals(
                digits, EnrolmentRequest.approvalCode(new byte[] {7}, device.verifyingKey()));
        org.junit.jupiter.api.Assertions.assertNotEquals(
                digits,
                EnrolmentRequest.approvalCode(new byte[] {8}, Keys.make().verifyingKey()));
    }
}
