package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.CodeStatus;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Organisation;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;

class EnrolmentTest {
    @TempDir
    private Path directory;

    private PinnedClock clock;
    private TestOrganisation organisation;

    @BeforeEach
    void start() throws Exception {
        clock = new PinnedClock();
        organisation = TestOrganisation.start(directory, clock);
    }

    @AfterEach
    void stop() {
        organisation.close();
    }

    @Test
    void aDeviceWithAFreshCodeComesInAndIsListedWithItsProof() throws Exception {
        try (DeviceClient device = organisation.enrol("Grace")) {
            List<DeviceRecord> devices = DeviceRecord.listOf(DeviceClient.require(200, device.get("/v1/devices")));

            Organisation root = Organisation.of(
                    DeviceClient.require(200, organisation.send("GET", "/v1/organisation", new byte[0])));
            DeviceRecord record = devices.getFirst();
            assertEquals(1, devices.size());
            assertEquals(device.id(), record.device());
            assertEquals(DeviceRecord.Status.ACTIVE, record.status());
            assertTrue(record.granted());
            assertEquals("Grace", record.proof().verify(root, record.enrolled()).personName());
            assertEquals(organisation.server.devicePort(), device.reply.devicePort());
        }
    }

    @Test
    void theSameRequestAgainGetsTheSameReplyAndAnotherOneIsRefused() throws Exception {
        EnrolmentCode code = organisation.code("Grace");
        Signed request = DeviceKeys.random().request(true).sign(TestOrganisation.signer(code));

        byte[] first = DeviceClient.require(200, organisation.postEnrolment(code, request));
        byte[] again = DeviceClient.require(200, organisation.postEnrolment(code, request));
        HttpResponse<byte[]> other = organisation.postEnrolment(
                code, DeviceKeys.random().request(true).sign(TestOrganisation.signer(code)));

        assertArrayEquals(first, again);
        DeviceClient.requireRefused(409, Refusal.CODE_USED, other);
        CodeStatus status = CodeStatus.of(DeviceClient.require(
                200, organisation.send("GET", "/v1/codes/" + TestOrganisation.fingerprint(code), new byte[0])));
        assertTrue(status.used());
    }

    @Test
    void aCodeThatNobodyMadeIsUnknown() throws Exception {
        EnrolmentCode stranger = EnrolmentCode.of(
                new byte[EnrolmentCode.SEED], DeviceKeys.random().person().verifyingKey());

        DeviceClient.requireRefused(
                404,
                Refusal.CODE_UNKNOWN,
                organisation.postEnrolment(
                        stranger, DeviceKeys.random().request(true).sign(TestOrganisation.signer(stranger))));
        DeviceClient.requireRefused(404, Refusal.CODE_UNKNOWN, status(stranger));
    }

    @Test
    void aCodePastItsDateIsExpiredUnlessItWasUsedInTime() throws Exception {
        EnrolmentCode used = organisation.code("Grace");
        Signed request = DeviceKeys.random().request(true).sign(TestOrganisation.signer(used));
        byte[] reply = DeviceClient.require(200, organisation.postEnrolment(used, request));
        EnrolmentCode unused = organisation.code("Linus");

        clock.goOn(Duration.ofDays(7).plusMillis(1));

        DeviceClient.requireRefused(410, Refusal.CODE_EXPIRED, status(unused));
        DeviceClient.requireRefused(
                410,
                Refusal.CODE_EXPIRED,
                organisation.postEnrolment(
                        unused, DeviceKeys.random().request(true).sign(TestOrganisation.signer(unused))));
        assertArrayEquals(reply, DeviceClient.require(200, organisation.postEnrolment(used, request)));
        DeviceClient.require(200, status(used));
    }

    @Test
    void onlyTheCodesOwnKeySignsItsRequest() throws Exception {
        EnrolmentCode code = organisation.code("Grace");

        DeviceClient.requireRefused(
                400,
                Refusal.MALFORMED,
                organisation.postEnrolment(
                        code,
                        DeviceKeys.random()
                                .request(true)
                                .sign(DeviceKeys.random().person())));
        DeviceClient.require(
                200,
                organisation.postEnrolment(
                        code, DeviceKeys.random().request(true).sign(TestOrganisation.signer(code))));
    }

    @Test
    void aSigningRequestMustProveItsKeyAndBeOfP256() throws Exception {
        DeviceKeys keys = DeviceKeys.random();
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        byte[] broken = keys.signingRequest();
        broken[broken.length - 1] ^= 1;
        byte[] rsa =
                DeviceKeys.signingRequest(KeyPairGenerator.getInstance("RSA").generateKeyPair(), "SHA256withRSA");
        for (byte[] bad : List.of(
                broken,
                new byte[0],
                new byte[] {0x30, 0},
                rsa,
                DeviceKeys.signingRequest(p384.generateKeyPair(), "SHA256withECDSA"),
                DeviceKeys.signingRequest(keys.tls(), "SHA1withECDSA"),
                DeviceKeys.signingRequest(
                        new KeyPair(
                                keys.tls().getPublic(),
                                DeviceKeys.random().tls().getPrivate()),
                        "SHA256withECDSA"))) {
            EnrolmentCode code = organisation.code("Grace");
            Signed request = keys.request(bad, new PersonKeys(keys.person().verifyingKey(), new byte[] {1}))
                    .sign(TestOrganisation.signer(code));

            DeviceClient.requireRefused(400, Refusal.MALFORMED, organisation.postEnrolment(code, request));
        }
    }

    @Test
    void aPersonsKeysComeWithTheFirstDeviceAndWithNoOther() throws Exception {
        EnrolmentCode early = organisation.code("Grace");
        DeviceClient.requireRefused(
                409,
                Refusal.CONFLICT,
                organisation.postEnrolment(
                        early, DeviceKeys.random().request(false).sign(TestOrganisation.signer(early))));

        try (DeviceClient first = organisation.enrol("Grace")) {
            EnrolmentCode late = organisation.code("Grace");
            DeviceClient.requireRefused(
                    409,
                    Refusal.CONFLICT,
                    organisation.postEnrolment(
                            late, DeviceKeys.random().request(true).sign(TestOrganisation.signer(late))));
            CodeStatus status = CodeStatus.of(DeviceClient.require(200, status(late)));
            Organisation root = Organisation.of(
                    DeviceClient.require(200, organisation.send("GET", "/v1/organisation", new byte[0])));
            EnrolmentProof.Verified proof =
                    status.firstDevice().verify(root, Instant.ofEpochMilli(status.firstDeviceAt()));

            assertFalse(status.used());
            assertEquals(first.person(), proof.person());
            assertEquals(
                    first.keys.person().verifyingKey(),
                    proof.request().personKeys().signing());
        }
    }

    @Test
    void twoRequestsAtOnceWithOneCodeLetOneDeviceIn() throws Exception {
        EnrolmentCode code = organisation.code("Grace");
        List<Signed> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(DeviceKeys.random().request(true).sign(TestOrganisation.signer(code)));
        }

        List<Integer> answers = requests.parallelStream()
                .map(request -> {
                    try {
                        return organisation.postEnrolment(code, request).statusCode();
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .sorted()
                .toList();

        assertEquals(List.of(200, 409, 409, 409, 409, 409), answers);
    }

    @Test
    void aCertificateIsForThisDeviceAsATlsClientForNinetyDays() throws Exception {
        try (DeviceClient device = organisation.enrol("Grace")) {
            X509Certificate certificate = DeviceClient.certificate(device.reply.certificate());
            X509Certificate authority = DeviceClient.certificate(device.reply.authority());

            certificate.verify(authority.getPublicKey());
            assertEquals(
                    "CN=" + device.id(), certificate.getSubjectX500Principal().getName());
            assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
            assertEquals(-1, certificate.getBasicConstraints());
            assertEquals(
                    90,
                    Duration.between(clock.instant(), certificate.getNotAfter().toInstant())
                            .plusMinutes(1)
                            .toDays());
            assertEquals(0, authority.getBasicConstraints());
        }
    }

    @Test
    void aRenewedCertificateIsAcceptedBesideTheOldOne() throws Exception {
        try (DeviceClient device = organisation.enrol("Grace")) {
            byte[] renewed =
                    DeviceClient.require(200, device.send("POST", "/v1/certificate", device.keys.signingRequest()));
            EnrolmentReply reply = new EnrolmentReply(
                    device.id(), device.person(), device.reply.devicePort(), renewed, device.reply.authority());

            try (DeviceClient after = new DeviceClient(organisation, device.keys, reply)) {
                DeviceClient.require(200, after.get("/v1/vaults"));
                DeviceClient.require(200, device.get("/v1/vaults"));
                DeviceClient.requireRefused(
                        400, Refusal.MALFORMED, after.send("POST", "/v1/certificate", new byte[] {1}));
            }
        }
    }

    @Test
    void aCertificateThatEndsIsRefusedOnTheConnectionThatIsOpen() throws Exception {
        try (DeviceClient device = organisation.enrol("Grace")) {
            DeviceClient.require(200, device.get("/v1/vaults"));

            clock.goOn(Duration.ofDays(90).plusSeconds(1));

            DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, device.get("/v1/vaults"));
        }
    }

    private HttpResponse<byte[]> status(EnrolmentCode code) throws Exception {
        return organisation.send("GET", "/v1/codes/" + TestOrganisation.fingerprint(code), new byte[0]);
    }
}
