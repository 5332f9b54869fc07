package strongroom.vault.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.attest.KeyCertification;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.posture.KeyProof;
import strongroom.protocol.posture.PostureReport;
import strongroom.protocol.posture.SecondWay;
import strongroom.protocol.posture.SlotAssurance;
import strongroom.protocol.posture.WaysIn;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.platform.Product;
import strongroom.vault.seal.KeyWitness;
import strongroom.vault.seal.MemoryKeys;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.slot.ChosenPin;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.WaysFile;
import strongroom.vault.store.KeptWays;
import strongroom.vault.sync.LineFailures;
import strongroom.vault.sync.PostureServer;
import strongroom.vault.sync.SyncException;

/// What an agent tells of its device, to a server that notes what it hears.
class PostureDeskTest {
    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final MemorySealer sealer = new MemorySealer(random, 5);
    private DeviceIdentity identity;
    private Id device;

    /// Fails as it is told to.
    private static final class NotingServer implements PostureServer {
        private final BlockingQueue<Signed> reports = new LinkedBlockingQueue<>();
        private KeyProof seen = KeyProof.NONE;
        private int asked;
        private int proofs;
        private @Nullable SyncException failure;

        @Override
        public KeyProof report(Signed report) throws SyncException {
            if (failure != null) {
                throw failure;
            }
            reports.add(report);
            return seen;
        }

        @Override
        public TpmChallenge challenge(TpmIdentity tpm) {
            asked++;
            return new TpmChallenge(new byte[TpmChallenge.NONCE], null);
        }

        @Override
        public KeyProof prove(TpmProof proof) {
            proofs++;
            seen = KeyProof.ACTIVATED;
            return seen;
        }
    }

    /// Says that it has every key: a server would not believe it.
    private static final class Talker implements KeyWitness {
        private @Nullable SealException failure;

        @Override
        public TpmIdentity identity(Digest purpose) throws SealException {
            if (failure != null) {
                throw failure;
            }
            return new TpmIdentity(new byte[0], new byte[0], purpose.toByteArray());
        }

        @Override
        public TpmProof answer(Digest purpose, byte[] kept, TpmChallenge challenge) {
            return new TpmProof(
                    new byte[0], new KeyCertification(new byte[0], new byte[0], challenge.nonce(), new byte[0]));
        }
    }

    private final NotingServer server = new NotingServer();

    @BeforeEach
    void makeIdentity() {
        identity = new DeviceIdentity(new Home(folder), new OneSealer(sealer), random);
    }

    private void enrol() throws Exception {
        device = new TestOrganisation().enrol(identity, URI.create("https://localhost:1"), 2);
    }

    private PostureDesk deskAt(Instant time) {
        return new PostureDesk(new Home(folder), identity, Clock.fixed(time, ZoneOffset.UTC));
    }

    private PostureReport opened(Signed report) throws Exception {
        return PostureReport.open(report, identity.statementKey().verifyingKey());
    }

    @Test
    void aDeviceSaysHowItStandsUnderItsOwnSignature() throws Exception {
        enrol();
        Instant now = Instant.ofEpochMilli(1_800_000_000_000L);

        assertEquals(Optional.of(KeyProof.NONE), deskAt(now).tell(server));

        PostureReport report = opened(server.reports.remove());
        assertEquals(device, report.device());
        assertEquals(Product.VERSION, report.product());
        assertEquals(SlotAssurance.UNKNOWN, report.assurance());
        assertEquals(now, report.at());
        assertFalse(report.system().isEmpty());
        assertFalse(report.keyInTpm(), "it was sealed, not made there");
        assertEquals(0, server.asked);
    }

    @Test
    void aKeyInATpmIsShownUntilTheServerHasSeenIt() throws Exception {
        sealer.give(new MemoryKeys(random));
        sealer.give(new Talker());
        enrol();
        PostureDesk desk = deskAt(Instant.EPOCH);

        assertEquals(Optional.of(KeyProof.ACTIVATED), desk.tell(server));
        assertEquals(Optional.of(KeyProof.ACTIVATED), desk.tell(server));

        assertTrue(opened(server.reports.remove()).keyInTpm());
        assertEquals(1, server.proofs);
        assertEquals(1, server.asked);
    }

    @Test
    void aTpmThatDoesNotAnswerCostsTheProofAndNotTheReport() throws Exception {
        Talker silent = new Talker();
        silent.failure = new SealException(SealException.Why.ABSENT, "There is none.");
        sealer.give(new MemoryKeys(random));
        sealer.give(silent);
        enrol();

        assertEquals(Optional.empty(), deskAt(Instant.EPOCH).tell(server));

        assertEquals(1, server.reports.size());
        assertEquals(0, server.proofs);
    }

    @Test
    void itIsToldAtEachConnectionAndOnceADay() throws Exception {
        enrol();
        Instant[] now = {Instant.EPOCH};
        PostureDesk desk = new PostureDesk(new Home(folder), identity, new Clock() {
            @Override
            public Instant instant() {
                return now[0];
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });

        assertTrue(desk.isDue(server));
        desk.tell(server);
        assertFalse(desk.isDue(server));
        assertTrue(desk.isDue(new NotingServer()), "another connection");
        now[0] = now[0].plus(Duration.ofDays(1)).minusMillis(1);
        assertFalse(desk.isDue(server));
        now[0] = now[0].plusMillis(1);
        assertTrue(desk.isDue(server));
        now[0] = Instant.EPOCH.minusSeconds(1);
        assertTrue(desk.isDue(server), "the clock was set back");
    }

    @Test
    void itIsToldAgainOnceTheDeviceIsSealedAnewOrItsFolderWasFoundSetBack() throws Exception {
        enrol();
        Home home = new Home(folder);
        Files.createDirectories(home.slots());
        PostureDesk desk = deskAt(Instant.EPOCH);
        desk.tell(server);
        server.reports.clear();

        try (SecretBytes pin = SecretBytes.ofAndZero("482913".toCharArray());
                SecretBytes root = SecretBytes.random(32, random)) {
            ChosenPin chosen = new ChosenPin(pin, Instant.EPOCH);
            PinSlot.create(home.slots().resolve(SlotFile.DAILY), chosen, root, sealer, null, random);
        }
        assertTrue(desk.isDue(server), "sealed anew");
        desk.tell(server);
        assertFalse(desk.isDue(server));
        PostureReport sealed = opened(server.reports.remove());
        assertEquals(SlotAssurance.HARDWARE, sealed.assurance());
        assertNull(sealed.notAsLeft());

        Files.write(
                home.slots().resolve("store.finding"),
                new CanonicalWriter()
                        .uint8(1)
                        .uint8(1)
                        .instant(Instant.ofEpochMilli(5))
                        .instant(Instant.ofEpochMilli(7))
                        .bool(true)
                        .toByteArray());
        assertTrue(desk.isDue(server), "found set back");
        desk.tell(server);
        assertFalse(desk.isDue(server));
        assertEquals(Instant.ofEpochMilli(7), opened(server.reports.remove()).notAsLeft(), "whoever has taken note");
    }

    @Test
    void whichWaysInWereShownToOpenIsToldAndToldAgainOnceTheSlotIsGone() throws Exception {
        enrol();
        Home home = new Home(folder);
        Files.createDirectories(home.slots());
        PostureDesk desk = deskAt(Instant.EPOCH);
        desk.tell(server);
        assertNull(opened(server.reports.remove()).waysIn());
        Path slot = home.slots().resolve("recovery.slot");
        Digest digest = Digest.sha256(Files.readAllBytes(Files.write(slot, new byte[] {1})));

        new WaysFile(home)
                .write(new KeptWays(true, new KeptWays.Second(SecondWay.CODE, digest, Instant.EPOCH), Instant.EPOCH));

        assertTrue(desk.isDue(server), "a code was shown to open");
        desk.tell(server);
        assertEquals(
                new WaysIn(true, new WaysIn.Second(SecondWay.CODE, Instant.EPOCH)),
                opened(server.reports.remove()).waysIn());
        assertFalse(desk.isDue(server));
        Files.delete(slot);
        assertTrue(desk.isDue(server), "the slot is gone");
        desk.tell(server);
        assertEquals(new WaysIn(true, null), opened(server.reports.remove()).waysIn());
    }

    @Test
    void aBrokenLineIsTriedSoonAndAServerThatRefusesTomorrow() throws Exception {
        enrol();
        PostureDesk desk = deskAt(Instant.EPOCH);

        server.failure = LineFailures.broken();
        desk.tell(server);
        assertTrue(desk.isDue(server));
        server.failure = LineFailures.refused(Refusal.NOT_FOUND);
        desk.tell(server);
        assertFalse(desk.isDue(server));
    }

    @Test
    void aContactDoesNotWaitForIt() throws Exception {
        enrol();

        deskAt(Instant.EPOCH).check(server);

        Signed report = server.reports.poll(30, TimeUnit.SECONDS);
        assertEquals(device, opened(Objects.requireNonNull(report)).device());
    }
}
