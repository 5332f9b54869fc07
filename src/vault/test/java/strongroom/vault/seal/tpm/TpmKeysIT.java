package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.seal.MachineKeys;
import strongroom.vault.seal.MachineKeysContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The TPM's signing keys against a real emulator at a Unix-domain socket.
class TpmKeysIT extends MachineKeysContract {
    private static final byte[] MESSAGE = "a statement".getBytes(StandardCharsets.UTF_8);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Swtpm tpm;

    @BeforeAll
    static void startTpm() throws Exception {
        tpm = Swtpm.atSocket();
    }

    @AfterAll
    static void endTpm() throws Exception {
        tpm.close();
    }

    @Override
    protected MachineKeys keys() {
        return keysOf(tpm.address(), LONG);
    }

    private MachineKeys keysOf(TpmAddress address, Duration patience) {
        return new TpmSealer(address, random, patience).keys().orElseThrow();
    }

    private static Tpm open() throws Exception {
        return new TpmConnector(tpm.address(), LONG).open();
    }

    private static Why failure(PrivateKey key) {
        SignatureException refused = assertThrows(SignatureException.class, () -> sign(key, MESSAGE));
        return assertInstanceOf(SealException.class, refused.getCause()).why();
    }

    /// The provider comes with the first key that is opened.
    @Test
    void theFirstStatementOfAProcessIsSignedLikeAnyOther(@TempDir Path folder) throws Exception {
        DeviceIdentity identity =
                new DeviceIdentity(new Home(folder), new OneSealer(new TpmSealer(tpm.address(), random, LONG)), random);
        identity.prepare();
        Security.removeProvider("StrongroomTPM");

        byte[] signature = identity.statementKey().sign(MESSAGE);

        assertTrue(identity.statementKey().verifyingKey().verifies(MESSAGE, signature));
    }

    @Test
    void aRequestForACertificateVerifies() throws Exception {
        MachineKeys.Made made = keys().make();
        PrivateKey key = keys().open(made.kept());
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(made.key().toByteArray());

        PKCS10CertificationRequest request = new PKCS10CertificationRequestBuilder(new X500Name("CN=device"), info)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));

        assertTrue(new PKCS10CertificationRequest(request.getEncoded())
                .isSignatureValid(new JcaContentVerifierProviderBuilder().build(info)));
        keys().destroy(made.kept());
    }

    @Test
    void theHandleHasNothingToGiveAway() throws Exception {
        MachineKeys.Made made = keys().make();
        PrivateKey key = keys().open(made.kept());

        assertEquals("EC", key.getAlgorithm());
        assertNull(key.getEncoded());
        assertNull(key.getFormat());
        assertFalse(key instanceof ECPrivateKey);
        assertEquals("TpmPrivateKey[" + made.key() + "]", key.toString());
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(key));
        }
        keys().destroy(made.kept());
    }

    @Test
    void theProviderStandsLastAndTakesNoKeyOfOthers() throws Exception {
        MachineKeys.Made made = keys().make();
        keys().open(made.kept());
        keys().open(made.kept());

        long ours = Arrays.stream(Security.getProviders("Signature.SHA256withECDSA"))
                .filter(TpmProvider.class::isInstance)
                .count();
        assertEquals(1, ours);
        Signature signature = Signature.getInstance("SHA256withECDSA", "StrongroomTPM");
        java.security.KeyPair pair =
                java.security.KeyPairGenerator.getInstance("EC").generateKeyPair();
        assertThrows(InvalidKeyException.class, () -> signature.initSign(pair.getPrivate()));
        assertThrows(InvalidKeyException.class, () -> signature.initVerify(pair.getPublic()));
        keys().destroy(made.kept());
    }

    @Test
    void whoeverReadEverythingBeforeTheKeyWasDestroyedStillSignsNothing() throws Exception {
        MachineKeys.Made made = keys().make();
        SigningBlob blob = SigningBlob.read(made.kept());
        int number = blob.counter().number();

        keys().destroy(made.kept());
        assertEquals(Why.FOREIGN, refusal(keys(), made.kept()));

        // The owner's authorisation is empty, so anybody may make an index under the same number, of the same kind.
        try (Tpm open = open();
                HmacSession session = HmacSession.start(open, StorageRootKey.in(open), HmacSession.Kind.HMAC, random)) {
            NvCounter forged = NvCounter.create(open, session, new java.security.SecureRandom() {
                private static final long serialVersionUID = 1L;

                @Override
                public int nextInt(int bound) {
                    return number - 0x01800000;
                }
            });
            assertEquals(number, forged.number());
            assertTrue(Arrays.compareUnsigned(forged.value(), blob.counter().value()) > 0);
        }
        assertEquals(Why.FOREIGN, refusal(keys(), made.kept()));
        // An earlier copy of the file tells which index to erase.
        keys().destroy(made.kept());
    }

    @Test
    void anIndexOfAnotherKindUnderTheSameNumberIsNoCounter() throws Exception {
        MachineKeys.Made made = keys().make();
        NvCounter counter = SigningBlob.read(made.kept()).counter();
        keys().destroy(made.kept());
        try (Tpm open = open();
                SecretBytes nothing = SecretBytes.ofAndZero(new byte[0]);
                HmacSession session = HmacSession.start(open, StorageRootKey.in(open), HmacSession.Kind.HMAC, random)) {
            // Plain bytes, readable by all, with what the counter held.
            int attributes = 1 << 2 | 1 << 18 | 1 << 25;
            NvIndex index = NvIndex.define(open, session, nothing, attributes, 8, new java.security.SecureRandom() {
                private static final long serialVersionUID = 1L;

                @Override
                public int nextInt(int bound) {
                    return counter.number() - 0x01800000;
                }
            });
            TpmCommand write = new TpmCommand(TpmCommand.NV_WRITE)
                    .handle(index.number(), index.newName())
                    .handle(index.number(), index.newName());
            write.parameters().sized(counter.value()).uint16(0);
            open.run(write, session.plain(nothing));
        }

        PrivateKey key =
                new TpmPrivateKey(new TpmKeys(new TpmTurn(tpm.address(), LONG), random), SigningBlob.read(made.kept()));

        assertEquals(Why.FOREIGN, failure(key));
        try (Tpm open = open();
                HmacSession session = HmacSession.start(open, StorageRootKey.in(open), HmacSession.Kind.HMAC, random)) {
            new NvIndex(counter.number(), 1 << 2 | 1 << 18 | 1 << 25, 8).undefine(open, session);
        }
    }

    @Test
    void withoutItsCounterTheTpmItselfRefusesToSign() throws Exception {
        MachineKeys.Made made = keys().make();
        SigningBlob blob = SigningBlob.read(made.kept());
        try (Tpm open = open()) {
            StorageRootKey root = StorageRootKey.in(open);
            int object = blob.object().load(open, root, blob.rootName());
            try (HmacSession policy = HmacSession.start(open, root, HmacSession.Kind.POLICY, random)) {
                SealException refused =
                        assertThrows(SealException.class, () -> blob.object().sign(open, object, policy, new byte[32]));
                assertEquals(Why.FOREIGN, refused.why());
            }
            open.flush(object);
            // Nor does its empty authorisation sign: the attribute for it is not set.
            int again = blob.object().load(open, root, blob.rootName());
            TpmCommand sign = new TpmCommand(TpmCommand.SIGN).handle(again, new byte[0]);
            sign.parameters()
                    .sized(new byte[32])
                    .uint16(0x0018)
                    .uint16(0x000b)
                    .uint16(0x8024)
                    .uint32(TpmCommand.NULL_HANDLE)
                    .uint16(0);
            TpmRefusal refused = assertThrows(TpmRefusal.class, () -> open.run(sign, Authorisation.EMPTY_PASSWORD));
            assertTrue(refused.getMessage().endsWith("12f"), refused.getMessage());
        }
        keys().destroy(made.kept());
    }

    @Test
    void anotherTpmIsForeign() throws Exception {
        try (Swtpm other = Swtpm.atSocket()) {
            MachineKeys.Made made = keys().make();
            MachineKeys stranger = keysOf(other.address(), LONG);

            assertEquals(Why.FOREIGN, refusal(stranger, made.kept()));
            assertEquals(
                    Why.FOREIGN,
                    assertThrows(SealException.class, () -> stranger.destroy(made.kept()))
                            .why());
            assertTrue(made.key().verifies(MESSAGE, sign(keys().open(made.kept()), MESSAGE)));
            keys().destroy(made.kept());
        }
    }

    @Test
    void aSwappedRootKeyIsNoticedBeforeASessionIsStarted() throws Exception {
        try (Swtpm other = Swtpm.atSocket();
                Interposer bus = new Interposer(tpm.address());
                Interposer otherBus = new Interposer(other.address())) {
            MachineKeys.Made made = keys().make();
            new TpmSealer(otherBus.address(), random).check();
            byte[] trace = otherBus.trace();
            byte[] foreignRoot =
                    Arrays.copyOf(trace, java.nio.ByteBuffer.wrap(trace).getInt(2));
            boolean[] sawSession = new boolean[1];
            bus.change((command, response) -> {
                sawSession[0] |= Interposer.code(command) == TpmCommand.START_AUTH_SESSION;
                return Interposer.code(command) == TpmCommand.CREATE_PRIMARY ? foreignRoot : response;
            });

            assertEquals(Why.INTERPOSED, refusal(keysOf(bus.address(), LONG), made.kept()));
            assertFalse(sawSession[0]);
            keys().destroy(made.kept());
        }
    }

    @Test
    void aResponseChangedOnTheBusIsNoticed() throws Exception {
        try (Interposer bus = new Interposer(tpm.address())) {
            MachineKeys interposed = keysOf(bus.address(), LONG);
            MachineKeys.Made made = interposed.make();
            PrivateKey key = interposed.open(made.kept());

            int before = tpm.indices();

            changeResponsesTo(bus, TpmCommand.SIGN);
            assertEquals(Why.INTERPOSED, failure(key));
            // A value told too high is one that a later counter could reach.
            for (int code : new int[] {TpmCommand.CREATE, TpmCommand.NV_READ, TpmCommand.NV_INCREMENT}) {
                changeResponsesTo(bus, code);
                assertEquals(
                        Why.INTERPOSED,
                        assertThrows(SealException.class, interposed::make).why());
            }
            assertEquals(before, tpm.indices(), "what could not be used was erased");
            changeResponsesTo(bus, TpmCommand.NV_UNDEFINE_SPACE);
            assertEquals(
                    Why.INTERPOSED,
                    assertThrows(SealException.class, () -> interposed.destroy(made.kept()))
                            .why());
        }
    }

    private static void changeResponsesTo(Interposer bus, int code) {
        bus.change((command, response) -> {
            if (Interposer.code(command) == code) {
                // The last byte of the response is one of its HMAC, and says as much as any other.
                response[response.length - 1] ^= 1;
            }
            return response;
        });
    }

    @Test
    void theBusShowsNothingThatSigns() throws Exception {
        try (Interposer bus = new Interposer(tpm.address());
                Swtpm other = Swtpm.atSocket()) {
            MachineKeys interposed = keysOf(bus.address(), LONG);
            MachineKeys.Made made = interposed.make();
            String created = new String(bus.trace(), StandardCharsets.ISO_8859_1);
            SigningBlob blob = SigningBlob.read(made.kept());

            // The private part is encrypted by the storage root key, and that once more by the session.
            assertFalse(created.contains(new String(blob.object().privateArea(), StandardCharsets.ISO_8859_1)));
            // The TPM itself chose the number: what went there has no room for one.
            sign(interposed.open(made.kept()), MESSAGE);
            // With everything that was on the bus another TPM signs nothing.
            assertEquals(Why.FOREIGN, refusal(keysOf(other.address(), LONG), made.kept()));
            interposed.destroy(made.kept());
        }
    }

    @Test
    void bytesChangedByOneWhoRepairsTheChecksumAreRefused() throws Exception {
        MachineKeys.Made made = keys().make();
        byte[] kept = made.kept();
        for (int i = 0; i < kept.length - 8; i++) {
            byte[] changed = kept.clone();
            changed[i] ^= 1;
            byte[] check = TpmKdf.sha256(Arrays.copyOf(changed, changed.length - 8));
            System.arraycopy(check, 0, changed, changed.length - 8, 8);
            int at = i;
            assertThrows(SealException.class, () -> keys().open(changed), () -> "byte " + at);
        }
        keys().destroy(kept);
    }

    @Test
    void aBusyTpmIsWaitedForAndNotForEver() throws Exception {
        MachineKeys.Made made = keys().make();
        PrivateKey key = keys().open(made.kept());
        PrivateKey impatient = keysOf(tpm.address(), Duration.ofMillis(300)).open(made.kept());
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<byte[]> signature;
        try (Tpm held = open()) {
            LockoutState.of(held);
            signature = CompletableFuture.supplyAsync(() -> {
                asked.countDown();
                try {
                    return sign(key, MESSAGE);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            asked.await();
            assertEquals(Why.ABSENT, failure(impatient));
            assertFalse(signature.isDone());
        }
        assertTrue(made.key().verifies(MESSAGE, signature.get(30, TimeUnit.SECONDS)));
        keys().destroy(made.kept());
    }

    @Test
    void aTpmThatSaysAgainIsAskedAgain() throws Exception {
        try (Interposer bus = new Interposer(tpm.address())) {
            MachineKeys interposed = keysOf(bus.address(), LONG);
            MachineKeys.Made made = interposed.make();
            PrivateKey key = interposed.open(made.kept());
            int[] refusals = {2};
            // The command is answered before it gets here, so it is refused before it reaches the TPM: by its session,
            // which it would use up otherwise.
            bus.change((command, response) -> {
                if (Interposer.code(command) == TpmCommand.LOAD && refusals[0]-- > 0) {
                    return new TpmWriter()
                            .uint16(TpmCommand.NO_SESSIONS)
                            .uint32(10)
                            .uint32(0x922)
                            .toByteArray();
                }
                return response;
            });

            assertTrue(made.key().verifies(MESSAGE, sign(key, MESSAGE)));
            interposed.destroy(made.kept());
        }
    }

    @Test
    void nothingIsLeftInTheTpmAfterwards() throws Exception {
        int before = tpm.indices();
        MachineKeys.Made made = keys().make();
        sign(keys().open(made.kept()), MESSAGE);
        keys().destroy(made.kept());

        assertEquals(before, tpm.indices());
    }
}
