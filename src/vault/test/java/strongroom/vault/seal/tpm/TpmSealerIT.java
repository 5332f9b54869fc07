package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The TPM sealer against a real emulator at a Unix-domain socket.
class TpmSealerIT extends KeySealerContract {
    private static Swtpm tpm;

    @BeforeAll
    static void startTpm() throws Exception {
        tpm = Swtpm.atSocket();
        tpm.lockout(1000, 1000);
    }

    @AfterAll
    static void endTpm() throws Exception {
        tpm.close();
    }

    @Override
    protected KeySealer sealer() {
        return new TpmSealer(tpm.address(), random);
    }

    @Test
    void itWorksAtATcpPortToo() throws Exception {
        try (Swtpm other = Swtpm.atPort();
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            KeySealer sealer = new TpmSealer(other.address(), random);
            byte[] sealed = sealer.seal(secret, authorisation);
            try (SecretBytes opened = sealer.unseal(sealed, authorisation)) {
                assertTrue(opened.matches(secret));
            }
        }
    }

    @Test
    void wrongAuthorisationsCountThenItPausesThenItForgives() throws Exception {
        try (Swtpm strict = Swtpm.atSocket();
                SecretBytes secret = bytes(32);
                SecretBytes right = bytes(32);
                SecretBytes wrong = bytes(32);
                SecretBytes none = nothing()) {
            strict.lockout(3, 2);
            KeySealer sealer = new TpmSealer(strict.address(), random);
            byte[] sealed = sealer.seal(secret, right);
            byte[] ofTheMachine = sealer.seal(secret, none);
            assertEquals(3, sealer.triesLeft());
            // The emulator forgets one every two seconds, so the counts are bounds.
            for (int wrongs = 0; sealer.triesLeft() > 0 && wrongs < 50; wrongs++) {
                assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, wrong));
            }

            SealException paused = assertThrows(
                    SealException.class, () -> sealer.unseal(sealed, right).close());
            assertEquals(Why.PAUSED, paused.why());
            assertEquals(Duration.ofSeconds(2), paused.pause());
            // The device's own keys go on working.
            sealer.unseal(ofTheMachine, none).close();

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (sealer.triesLeft() == 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            sealer.unseal(sealed, right).close();
        }
    }

    @Test
    void eachWrongAuthorisationCostsOneTry() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes right = bytes(32);
                SecretBytes wrong = bytes(32)) {
            byte[] sealed = sealer.seal(secret, right);
            int before = sealer.triesLeft();

            refusal(sealer, sealed, wrong);
            refusal(sealer, sealed, wrong);

            assertEquals(before - 2, sealer.triesLeft());
            sealer.destroy(sealed);
            int after = sealer.triesLeft();
            assertEquals(Why.FOREIGN, refusal(sealer, sealed, wrong));
            assertEquals(after, sealer.triesLeft(), "a destroyed seal costs no try");
        }
    }

    @Test
    void anotherTpmIsForeignAndIsNotShownTheAuthorisation() throws Exception {
        try (Swtpm other = Swtpm.atSocket();
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer().seal(secret, authorisation);
            KeySealer stranger = new TpmSealer(other.address(), random);
            int before = stranger.triesLeft();

            assertEquals(Why.FOREIGN, refusal(stranger, sealed, authorisation));
            assertEquals(
                    Why.FOREIGN,
                    assertThrows(SealException.class, () -> stranger.destroy(sealed))
                            .why());

            assertEquals(before, stranger.triesLeft());
            sealer().unseal(sealed, authorisation).close();
        }
    }

    @Test
    void theBusShowsNeitherSecretNorAuthorisation() throws Exception {
        try (Interposer bus = new Interposer(tpm.address());
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            KeySealer sealer = new TpmSealer(bus.address(), random);
            byte[] sealed = sealer.seal(secret, authorisation);
            sealer.unseal(sealed, authorisation).close();
            sealer.destroy(sealed);

            byte[] trace = bus.trace();
            assertTrue(trace.length > 2000, "traced only " + trace.length);
            assertFalse(contains(trace, secret));
            assertFalse(contains(trace, authorisation));
        }
    }

    @Test
    void aResponseChangedOnTheBusIsNoticed() throws Exception {
        try (Interposer bus = new Interposer(tpm.address());
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            KeySealer sealer = new TpmSealer(bus.address(), random);
            byte[] sealed = sealer.seal(secret, authorisation);
            for (int code : new int[] {TpmCommand.UNSEAL, TpmCommand.NV_READ}) {
                bus.change((command, response) -> {
                    if (Interposer.code(command) == code) {
                        response[20] ^= 1;
                    }
                    return response;
                });
                assertEquals(Why.INTERPOSED, refusal(sealer, sealed, authorisation));
            }
            bus.change((command, response) -> response);
            sealer.destroy(sealed);
        }
    }

    @Test
    void aSwappedRootKeyIsNoticedBeforeTheAuthorisationIsShown() throws Exception {
        try (Swtpm other = Swtpm.atSocket();
                Interposer bus = new Interposer(tpm.address());
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer().seal(secret, authorisation);
            byte[] foreignRoot;
            try (Interposer otherBus = new Interposer(other.address())) {
                new TpmSealer(otherBus.address(), random).check();
                foreignRoot = firstResponse(otherBus.trace());
            }
            boolean[] sawSession = new boolean[1];
            bus.change((command, response) -> {
                sawSession[0] |= Interposer.code(command) == TpmCommand.START_AUTH_SESSION;
                return Interposer.code(command) == TpmCommand.CREATE_PRIMARY ? foreignRoot : response;
            });

            assertEquals(Why.INTERPOSED, refusal(new TpmSealer(bus.address(), random), sealed, authorisation));
            assertFalse(sawSession[0]);
            sealer().destroy(sealed);
        }
    }

    private static byte[] firstResponse(byte[] trace) {
        return Arrays.copyOf(trace, java.nio.ByteBuffer.wrap(trace).getInt(2));
    }

    @Test
    void bytesChangedByOneWhoRepairsTheChecksumAreRefused() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes none = nothing()) {
            byte[] sealed = sealer.seal(secret, none);
            for (int i = 0; i < sealed.length - 8; i++) {
                byte[] changed = sealed.clone();
                changed[i] ^= 1;
                byte[] check = TpmKdf.sha256(Arrays.copyOf(changed, changed.length - 8));
                System.arraycopy(check, 0, changed, changed.length - 8, 8);
                int at = i;
                assertThrows(
                        SealException.class, () -> sealer.unseal(changed, none).close(), () -> "byte " + at);
            }
            sealer.destroy(sealed);
        }
    }

    @Test
    void whatAKilledProcessLeftInTheEmulatorIsSweptAway() throws Exception {
        for (int i = 0; i < 5; i++) {
            // Not closed on purpose: the connection goes, the objects stay.
            try (SocketTransport transport = new SocketTransport(
                    java.net.UnixDomainSocketAddress.of(((TpmAddress.UnixEmulator) tpm.address()).path()),
                    Duration.ofSeconds(10))) {
                Tpm left = new Tpm(transport);
                HmacSession.start(left, StorageRootKey.in(left), HmacSession.Kind.HMAC, random)
                        .close();
            }
        }
        try (SecretBytes secret = bytes(32);
                SecretBytes none = nothing()) {
            KeySealer sealer = sealer();
            byte[] sealed = sealer.seal(secret, none);
            sealer.unseal(sealed, none).close();
            sealer.destroy(sealed);
        }
    }

    @Test
    void theLastSweepLeavesNoHandleBehind() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = sealer().seal(secret, authorisation);
            sealer().unseal(sealed, authorisation).close();
            sealer().destroy(sealed);
        }
        try (Tpm open = tpm.connect()) {
            TpmCommand command = new TpmCommand(TpmCommand.GET_CAPABILITY);
            command.parameters().uint32(1).uint32(0x01800000).uint32(64);
            TpmReader list = open.run(command).parameters();
            list.uint8();
            list.uint32();
            int indices = list.uint32();
            for (int i = 0; i < indices; i++) {
                int index = list.uint32();
                assertTrue(index >>> 24 == 1, Integer.toHexString(index));
            }
        }
    }

    @Test
    void withoutATpmItIsAbsent() {
        KeySealer none = new TpmSealer(new TpmAddress.None(), random);
        KeySealer nowhere = new TpmSealer(new TpmAddress.UnixEmulator(Path.of("/nonexistent/tpm")), random);
        KeySealer noDevice = new TpmSealer(new TpmAddress.Device(Path.of("/dev/nonexistent")), random);
        for (KeySealer each : new KeySealer[] {none, nowhere, noDevice}) {
            assertEquals(
                    Why.ABSENT, assertThrows(SealException.class, each::check).why());
        }
    }

    @Test
    void aTpmThatSomebodyHoldsIsWaitedForAndNotForEver() throws Exception {
        KeySealer impatient = new TpmSealer(tpm.address(), random, Duration.ofMillis(300));
        try (Tpm held = tpm.connect()) {
            LockoutState.of(held);
            assertEquals(
                    Why.ABSENT,
                    assertThrows(SealException.class, impatient::check).why());
        }
        sealer().check();
    }
}
