package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Digest;
import strongroom.protocol.attest.KeyCertification;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmCredential;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.seal.KeyWitness;
import strongroom.vault.seal.MachineKeys;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// A TPM that shows what is in it, against real emulators: one as it comes, one whose RSA endorsement key a maker
/// certified.
class TpmWitnessIT {
    private static final Digest PURPOSE = Digest.sha256(new byte[] {1});
    private static final Digest OTHER_PURPOSE = Digest.sha256(new byte[] {2});
    private static final int ELLIPTIC_CERTIFICATE = 0x01c0000a;

    private static final SecureRandom RANDOM = new SecureRandom();

    private static Swtpm tpm;
    private static Swtpm certified;

    private final byte[] secret = bytes();
    private final byte[] nonce = bytes();

    @BeforeAll
    static void startTpms() throws Exception {
        tpm = Swtpm.atSocket();
        certified = Swtpm.certified();
    }

    @AfterAll
    static void endTpms() throws Exception {
        tpm.close();
        certified.close();
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static TpmSealer sealer(Swtpm of) {
        return new TpmSealer(of.address(), RANDOM);
    }

    private static KeyWitness witness(Swtpm of) {
        return sealer(of).witness().orElseThrow();
    }

    private static MachineKeys keys(Swtpm of) {
        return sealer(of).keys().orElseThrow();
    }

    private TpmCredential credential(TpmIdentity endorsed, TpmIdentity attesting) throws MalformedException {
        return endorsed.endorsement().credential(attesting.attestationName(), secret, RANDOM);
    }

    private void showsThatAKeyIsInIt(Swtpm machine) throws Exception {
        MachineKeys.Made made = keys(machine).make();
        TpmIdentity identity = witness(machine).identity(PURPOSE);

        TpmProof proof =
                witness(machine).answer(PURPOSE, made.kept(), new TpmChallenge(nonce, credential(identity, identity)));

        assertArrayEquals(secret, proof.activated());
        assertArrayEquals(identity.attestationKey(), proof.certification().attestationKey());
        assertEquals(made.key(), proof.certification().verify(nonce).device());
        assertThrows(MalformedException.class, () -> proof.certification().verify(new byte[32]));
        keys(machine).destroy(made.kept());
    }

    @Test
    void aTpmOpensACredentialForItsKeysAndCertifiesTheDevices() throws Exception {
        showsThatAKeyIsInIt(tpm);
    }

    @Test
    void oneWithACertifiedRsaKeyDoesSoToo() throws Exception {
        TpmIdentity identity = witness(certified).identity(PURPOSE);
        X509Certificate certificate = parsed(identity.certificate());
        assertEquals("RSA", identity.endorsement().key().getAlgorithm());
        assertTrue(identity.endorsement().isKeyOf(certificate));
        certificate.verify(
                parsed(Files.readAllBytes(certified.maker().getFirst())).getPublicKey());

        showsThatAKeyIsInIt(certified);
    }

    @Test
    void withoutACredentialItCertifiesAlone() throws Exception {
        MachineKeys.Made made = keys(tpm).make();

        TpmProof proof = witness(tpm).answer(PURPOSE, made.kept(), new TpmChallenge(nonce, null));

        assertEquals(0, proof.activated().length);
        assertEquals(made.key(), proof.certification().verify(nonce).device());
        keys(tpm).destroy(made.kept());
    }

    @Test
    void aCredentialForAnotherTpmAnotherNameOrAChangedOneIsNotOpened() throws Exception {
        MachineKeys.Made made = keys(tpm).make();
        TpmIdentity own = witness(tpm).identity(PURPOSE);
        TpmIdentity other = witness(tpm).identity(OTHER_PURPOSE);
        TpmIdentity foreign = witness(certified).identity(PURPOSE);
        TpmCredential good = credential(own, own);

        for (TpmCredential bad : List.of(
                credential(foreign, own),
                credential(own, foreign),
                credential(own, other),
                new TpmCredential(flipped(good.blob(), 2), good.seed()),
                new TpmCredential(flipped(good.blob(), 40), good.seed()),
                new TpmCredential(flipped(good.blob(), good.blob().length - 1), good.seed()),
                new TpmCredential(good.blob(), flipped(good.seed(), 5)),
                new TpmCredential(good.blob(), credential(own, own).seed()),
                new TpmCredential(Arrays.copyOf(good.blob(), good.blob().length - 1), good.seed()))) {
            SealException refused = assertThrows(
                    SealException.class, () -> witness(tpm).answer(PURPOSE, made.kept(), new TpmChallenge(nonce, bad)));
            assertEquals(Why.FOREIGN, refused.why());
        }
        assertArrayEquals(
                secret,
                witness(tpm)
                        .answer(PURPOSE, made.kept(), new TpmChallenge(nonce, good))
                        .activated());
        keys(tpm).destroy(made.kept());
    }

    @Test
    void aKeyOfAnotherTpmIsNotCertified() throws Exception {
        MachineKeys.Made made = keys(certified).make();

        SealException refused = assertThrows(
                SealException.class, () -> witness(tpm).answer(PURPOSE, made.kept(), new TpmChallenge(nonce, null)));

        assertEquals(Why.FOREIGN, refused.why());
        keys(certified).destroy(made.kept());
    }

    @Test
    void itsKeysAreTheSameEachTimeAndAnAttestationKeyIsForOnePurpose() throws Exception {
        TpmIdentity first = witness(tpm).identity(PURPOSE);
        TpmIdentity other = witness(tpm).identity(OTHER_PURPOSE);

        tpm.restart();

        assertEquals(first, witness(tpm).identity(PURPOSE));
        assertArrayEquals(first.endorsementKey(), other.endorsementKey());
        assertFalse(Arrays.equals(first.attestationKey(), other.attestationKey()));
        assertNotEquals(first, witness(certified).identity(PURPOSE));
    }

    @Test
    void anAttestationKeySignsNothingOfOthers() throws Exception {
        try (Tpm open = tpm.connect()) {
            StorageRootKey root = StorageRootKey.in(open);
            try (HmacSession session = HmacSession.start(open, root, HmacSession.Kind.HMAC, RANDOM)) {
                AttestationKey key = AttestationKey.in(open, PURPOSE);
                SigningObject object = new SigningObject(key.publicArea(), new byte[0]);

                TpmRefusal refused =
                        assertThrows(TpmRefusal.class, () -> object.sign(open, key.handle(), session, new byte[32]));

                assertTrue(refused.getMessage().endsWith("3e0"), refused.getMessage());
            }
        }
    }

    @Test
    void aDevicesOwnKeyIsNoWitness() throws Exception {
        MachineKeys.Made made = keys(tpm).make();
        KeyCertification said = witness(tpm)
                .answer(PURPOSE, made.kept(), new TpmChallenge(nonce, null))
                .certification();
        PrivateKey own = keys(tpm).open(made.kept());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(own);
        signature.update(said.statement());

        KeyCertification forged =
                new KeyCertification(said.deviceKey(), said.deviceKey(), said.statement(), signature.sign());

        assertThrows(MalformedException.class, () -> forged.verify(nonce));
        keys(tpm).destroy(made.kept());
    }

    @Test
    void aCertificateInALongerIndexIsFoundAndOneOfAnotherKeyIsNot() throws Exception {
        try (Swtpm machine = Swtpm.atSocket()) {
            TpmIdentity bare = witness(machine).identity(PURPOSE);
            assertEquals(0, bare.certificate().length);
            byte[] own = certificate(bare.endorsement().key());
            byte[] foreign = certificate(
                    witness(certified).identity(PURPOSE).endorsement().key());

            // Empty, so that it can be written in pieces, and longer than what is written.
            put(machine, Arrays.copyOf(own, own.length + 100));
            assertArrayEquals(own, witness(machine).identity(PURPOSE).certificate());

            remove(machine);
            put(machine, foreign);
            assertEquals(bare, witness(machine).identity(PURPOSE));

            remove(machine);
            put(machine, "nonsense".getBytes(StandardCharsets.US_ASCII));
            assertEquals(bare, witness(machine).identity(PURPOSE));
        }
    }

    private static byte[] certificate(PublicKey of) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair maker = generator.generateKeyPair();
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                        new X500Name("CN=maker"),
                        BigInteger.ONE,
                        Date.from(now),
                        Date.from(now.plusSeconds(60)),
                        new X500Name("CN=tpm"),
                        of)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(maker.getPrivate()))
                .getEncoded();
    }

    private static void put(Swtpm machine, byte[] content) throws Exception {
        // Written and read by the owner and by its (empty) authorisation, which does not count.
        int attributes = 1 << 1 | 1 << 2 | 1 << 17 | 1 << 18 | 1 << 25;
        byte[] area = new TpmWriter()
                .uint32(ELLIPTIC_CERTIFICATE)
                .uint16(0x000b)
                .uint32(attributes)
                .uint16(0)
                .uint16(content.length)
                .toByteArray();
        TpmCommand define = new TpmCommand(TpmCommand.NV_DEFINE_SPACE).handle(TpmCommand.OWNER);
        define.parameters().uint16(0).sized(area);
        try (Tpm open = machine.connect()) {
            open.run(define, Authorisation.EMPTY_PASSWORD);
            for (int at = 0; at < content.length; at += 512) {
                TpmCommand write = new TpmCommand(TpmCommand.NV_WRITE)
                        .handle(ELLIPTIC_CERTIFICATE)
                        .handle(ELLIPTIC_CERTIFICATE);
                write.parameters()
                        .sized(Arrays.copyOfRange(content, at, Math.min(content.length, at + 512)))
                        .uint16(at);
                open.run(write, Authorisation.EMPTY_PASSWORD);
            }
        }
    }

    private static void remove(Swtpm machine) throws Exception {
        try (Tpm open = machine.connect()) {
            open.run(
                    new TpmCommand(TpmCommand.NV_UNDEFINE_SPACE)
                            .handle(TpmCommand.OWNER)
                            .handle(ELLIPTIC_CERTIFICATE),
                    Authorisation.EMPTY_PASSWORD);
        }
    }

    private static X509Certificate parsed(byte[] encoded) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }
}
