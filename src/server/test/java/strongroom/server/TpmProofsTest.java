package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static strongroom.protocol.Refusal.CONFLICT;
import static strongroom.protocol.Refusal.MALFORMED;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Refusal;
import strongroom.protocol.attest.KeyCertification;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.protocol.posture.KeyProof;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.KnownDevice;

/// A device shows that its TLS key is in a TPM: all that a device can say that has one, and that has none.
class TpmProofsTest {
    private static final KeyPurposeId ENDORSEMENT = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.1"));
    private static final int KEY_AGREEMENT = KeyUsage.keyAgreement;

    @TempDir
    private static Path directory;

    private static final PinnedClock CLOCK = new PinnedClock();
    private static TestOrganisation organisation;
    private static AdminConsole console;
    private static int people;

    private final SoftwareTpm tpm = new SoftwareTpm();
    private DeviceClient device;

    @BeforeAll
    static void start() throws Exception {
        organisation = TestOrganisation.start(directory, CLOCK);
        console = organisation.console();
    }

    @BeforeEach
    void enrol() throws Exception {
        device = organisation.enrol("Grace " + people++);
    }

    @AfterEach
    void leave() {
        device.close();
    }

    @AfterAll
    static void stop() {
        console.close();
        organisation.close();
    }

    private KnownDevice known() throws Exception {
        return console.device(device.id().toString());
    }

    private TpmChallenge ask(TpmIdentity identity) throws Exception {
        byte[] answer = DeviceClient.require(200, device.send("POST", "/v1/tpm/challenges", identity.toByteArray()));
        return TpmChallenge.of(answer);
    }

    private HttpResponse<byte[]> answer(byte[] activated, KeyCertification certification) throws Exception {
        return device.send("POST", "/v1/tpm/proofs", new TpmProof(activated, certification).toByteArray());
    }

    private byte[] activated(TpmChallenge challenge) {
        byte[] secret = tpm.activate(challenge.credential());
        assertNotNull(secret);
        return secret;
    }

    private KeyProof proven(TpmIdentity identity) throws Exception {
        TpmChallenge challenge = ask(identity);
        HttpResponse<byte[]> response = answer(activated(challenge), tpm.certify(device.keys.tls(), challenge.nonce()));
        return KeyProof.of(DeviceClient.require(200, response));
    }

    private void isRefused(int status, Refusal refusal, HttpResponse<byte[]> response) throws Exception {
        DeviceClient.requireRefused(status, refusal, response);
        assertEquals(KeyProof.NONE, known().key());
    }

    @Test
    void aKeyThatTheTpmCertifiesAndACredentialThatItOpensProveTheDevice() throws Exception {
        assertEquals(KeyProof.NONE, known().key());
        assertTrue(known().saysTpm());

        assertEquals(KeyProof.ACTIVATED, proven(tpm.identity()));

        assertEquals(KeyProof.ACTIVATED, known().key());
        assertEquals(KeyProof.ACTIVATED, proven(tpm.identity(new byte[] {1})), "and once more, with a certificate");
    }

    @Test
    void aCredentialThatWasNotOpenedProvesNothing() throws Exception {
        for (byte[] guess : new byte[][] {{}, new byte[32], new byte[64]}) {
            TpmChallenge challenge = ask(tpm.identity());
            isRefused(400, MALFORMED, answer(guess, tpm.certify(device.keys.tls(), challenge.nonce())));
        }
    }

    @Test
    void theEndorsementKeyOfAnotherTpmDoesNotServe() throws Exception {
        SoftwareTpm real = new SoftwareTpm();
        TpmIdentity mixed = new TpmIdentity(
                real.identity().endorsementKey(), new byte[0], tpm.identity().attestationKey());

        TpmChallenge challenge = ask(mixed);

        assertNull(real.activate(challenge.credential()), "the real one does not have that attestation key");
    }

    @Test
    void anAnswerToAnEarlierQuestionIsRefusedAndAQuestionTakesOneAnswer() throws Exception {
        TpmChallenge earlier = ask(tpm.identity());
        KeyCertification replayed = tpm.certify(device.keys.tls(), earlier.nonce());
        byte[] secret = activated(earlier);
        TpmChallenge later = ask(tpm.identity());

        isRefused(400, MALFORMED, answer(secret, replayed));
        isRefused(409, CONFLICT, answer(activated(later), tpm.certify(device.keys.tls(), later.nonce())));

        TpmChallenge next = ask(tpm.identity());
        isRefused(400, MALFORMED, answer(activated(next), replayed));
    }

    @Test
    void aQuestionIsGoodForFiveMinutesAndForWhoWasAsked() throws Exception {
        TpmChallenge challenge = ask(tpm.identity());
        KeyCertification certification = tpm.certify(device.keys.tls(), challenge.nonce());
        try (DeviceClient other = organisation.enrol("Linus " + people++)) {
            DeviceClient.requireRefused(
                    409,
                    CONFLICT,
                    other.send(
                            "POST", "/v1/tpm/proofs", new TpmProof(activated(challenge), certification).toByteArray()));
        }
        CLOCK.goOn(Duration.ofMinutes(5).plusMillis(1));

        isRefused(409, CONFLICT, answer(activated(challenge), certification));
    }

    @Test
    void anotherKeyThanTheOneTheDeviceConnectsWithProvesNothing() throws Exception {
        TpmChallenge challenge = ask(tpm.identity());

        isRefused(400, MALFORMED, answer(activated(challenge), tpm.certify(SoftwareTpm.newKey(), challenge.nonce())));
    }

    @Test
    void anotherAttestationKeyThanTheOneInTheCredentialIsRefused() throws Exception {
        TpmChallenge challenge = ask(tpm.identity());

        isRefused(
                400,
                MALFORMED,
                answer(activated(challenge), new SoftwareTpm().certify(device.keys.tls(), challenge.nonce())));
    }

    @Test
    void keysOfOtherKindsAreAskedNothing() throws Exception {
        TpmIdentity good = tpm.identity();
        byte[] unrestricted = good.attestationKey().clone();
        unrestricted[5] ^= 1;
        byte[] unpoliced = good.endorsementKey().clone();
        unpoliced[10] ^= 1;
        byte[] offCurve = good.endorsementKey().clone();
        offCurve[offCurve.length - 1] ^= 1;
        for (TpmIdentity bad : new TpmIdentity[] {
            new TpmIdentity(good.endorsementKey(), new byte[0], unrestricted),
            new TpmIdentity(unpoliced, new byte[0], good.attestationKey()),
            new TpmIdentity(offCurve, new byte[0], good.attestationKey()),
            new TpmIdentity(good.attestationKey(), new byte[0], good.endorsementKey())
        }) {
            DeviceClient.requireRefused(400, MALFORMED, device.send("POST", "/v1/tpm/challenges", bad.toByteArray()));
        }
    }

    private HttpResponse<byte[]> renew(KeyPair key) throws IOException, InterruptedException {
        return device.send("POST", "/v1/certificate", DeviceKeys.signingRequest(key, "SHA256withECDSA"));
    }

    private DeviceClient with(KeyPair key, byte[] certificate) {
        DeviceKeys keys = new DeviceKeys(key, device.keys.statement(), device.keys.person());
        return new DeviceClient(
                organisation, keys, new EnrolmentReply(device.id(), device.person(), 0, certificate, new byte[0]));
    }

    @Test
    void aProvenDeviceGetsCertificatesForKeysOfItsTpmAlone() throws Exception {
        KeyPair next = SoftwareTpm.newKey();
        proven(tpm.identity());
        DeviceClient.requireRefused(409, CONFLICT, renew(next));
        DeviceClient.require(200, renew(device.keys.tls()));

        TpmChallenge challenge = ask(tpm.identity());
        assertNull(challenge.credential(), "the attestation key is known");
        DeviceClient.require(200, answer(new byte[0], tpm.certify(next, challenge.nonce())));

        try (DeviceClient renewed = with(next, DeviceClient.require(200, renew(next)))) {
            DeviceClient.require(200, renewed.get("/v1/vaults"));
        }
        DeviceClient.require(200, device.get("/v1/vaults"));
        assertEquals(KeyProof.ACTIVATED, known().key());
    }

    @Test
    void aRenewedKeyIsCertifiedWithAFreshNonceByTheKnownAttestationKey() throws Exception {
        KeyPair next = SoftwareTpm.newKey();
        TpmChallenge first = ask(tpm.identity());
        DeviceClient.require(200, answer(activated(first), tpm.certify(device.keys.tls(), first.nonce())));

        ask(tpm.identity());
        DeviceClient.requireRefused(400, MALFORMED, answer(new byte[0], tpm.certify(next, first.nonce())));
        TpmChallenge again = ask(tpm.identity());
        DeviceClient.requireRefused(
                400, MALFORMED, answer(new byte[0], new SoftwareTpm().certify(next, again.nonce())));

        DeviceClient.requireRefused(409, CONFLICT, renew(next));
    }

    @Test
    void certificatesForKeysOutsideEndWhenTheDeviceIsProven() throws Exception {
        KeyPair outside = SoftwareTpm.newKey();
        try (DeviceClient copy = with(outside, DeviceClient.require(200, renew(outside)))) {
            DeviceClient.require(200, copy.get("/v1/vaults"));

            proven(tpm.identity());

            DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, copy.get("/v1/vaults"));
        }
        DeviceClient.require(200, device.get("/v1/vaults"));
    }

    @Test
    void aProvenDeviceCannotMoveToAnotherTpm() throws Exception {
        proven(tpm.identity());
        SoftwareTpm other = new SoftwareTpm();
        TpmChallenge challenge = ask(other.identity());
        byte[] secret = other.activate(challenge.credential());
        assertNotNull(secret);

        DeviceClient.requireRefused(
                400, MALFORMED, answer(secret, other.certify(SoftwareTpm.newKey(), challenge.nonce())));
    }

    /// A maker of TPMs. @param name of the maker
    private record Maker(KeyPair keys, String name) {
        private byte[] certifies(PublicKey key, Instant until, int usage, KeyPurposeId purpose) throws Exception {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + name),
                    BigInteger.TEN,
                    Date.from(now.minusSeconds(3600)),
                    Date.from(until),
                    // As the profile has it: no subject, and the TPM's model in a critical extension.
                    new X500Name(new RDN[0]),
                    key);
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    true,
                    new GeneralNames(new GeneralName(new X500Name("2.23.133.2.1=id:45584D50"))));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        }

        private byte[] ownCertificate() throws Exception {
            Instant now = Instant.now();
            X500Name self = new X500Name("CN=" + name);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    self,
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(3600)),
                    Date.from(now.plus(Duration.ofDays(9000))),
                    self,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        }
    }

    private static void trust(String file, byte[] certificate) throws IOException {
        Path issuers = Files.createDirectories(organisation.home.resolve("ek-issuers"));
        Files.writeString(
                issuers.resolve(file),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void aMakerWhomTheOrganisationTrustsIsToldFromAnyOtherAndOnlyAsLongAsItDoes() throws Exception {
        Maker maker = new Maker(SoftwareTpm.newKey(), "Maker");
        Instant until = Instant.now().plus(Duration.ofDays(3000));
        byte[] good = maker.certifies(tpm.endorsement.getPublic(), until, KEY_AGREEMENT, ENDORSEMENT);
        assertEquals(KeyProof.ACTIVATED, proven(tpm.identity(good)), "nobody is trusted yet");

        trust("other.pem", new Maker(SoftwareTpm.newKey(), "Maker").ownCertificate());
        assertEquals(KeyProof.ACTIVATED, known().key());
        trust("maker.pem", maker.ownCertificate());
        Files.writeString(organisation.home.resolve("ek-issuers").resolve("notes.txt"), "nothing to trust");
        assertEquals(KeyProof.VENDOR, known().key());

        Files.delete(organisation.home.resolve("ek-issuers").resolve("maker.pem"));
        assertEquals(KeyProof.ACTIVATED, known().key());
    }

    @Test
    void aCertificateOfAnotherKeyOrForAnotherPurposeVouchesForNothing() throws Exception {
        Maker maker = new Maker(SoftwareTpm.newKey(), "Maker");
        Maker chip = new Maker(SoftwareTpm.newKey(), "Chip");
        trust("maker.pem", maker.ownCertificate());
        Instant until = Instant.now().plus(Duration.ofDays(3000));
        PublicKey key = tpm.endorsement.getPublic();

        for (byte[] bad : new byte[][] {
            maker.certifies(SoftwareTpm.newKey().getPublic(), until, KEY_AGREEMENT, ENDORSEMENT),
            maker.certifies(key, until, KeyUsage.digitalSignature, ENDORSEMENT),
            maker.certifies(key, until, KEY_AGREEMENT, KeyPurposeId.id_kp_clientAuth),
            maker.certifies(key, Instant.now().minusSeconds(60), KEY_AGREEMENT, ENDORSEMENT),
            chip.certifies(key, until, KEY_AGREEMENT, ENDORSEMENT),
            "nonsense".getBytes(StandardCharsets.US_ASCII)
        }) {
            assertEquals(KeyProof.ACTIVATED, proven(tpm.identity(bad)));
        }
        byte[] good = maker.certifies(key, until, KEY_AGREEMENT, ENDORSEMENT);
        assertEquals(KeyProof.VENDOR, proven(tpm.identity(good)));
    }
}
