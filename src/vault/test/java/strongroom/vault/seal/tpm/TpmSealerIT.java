package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.PcrSelection;
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

    private KeySealer boundTo(Integer... registers) {
        return sealer().boundTo(PcrSelection.of(List.of(registers))).orElseThrow();
    }

    @Test
    void anotherStartIsToldBeforeTheAuthorisationIsShownAndCostsNoTry() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes right = bytes(32);
                SecretBytes wrong = bytes(32)) {
            byte[] sealed = boundTo(0, 2, 4, 7).seal(secret, right);
            assertEquals(List.of(0, 2, 4, 7), sealer.binding(sealed).registers());
            try (SecretBytes opened = sealer.unseal(sealed, right)) {
                assertTrue(opened.matches(secret));
            }
            int before = sealer.triesLeft();
            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, wrong));
            assertEquals(before - 1, sealer.triesLeft());

            tpm.extend(8);
            sealer.unseal(sealed, right).close();

            tpm.extend(7);
            int after = sealer.triesLeft();
            assertEquals(Why.OTHER_START, refusal(sealer, sealed, right));
            assertEquals(Why.OTHER_START, refusal(sealer, sealed, wrong));
            assertEquals(after, sealer.triesLeft());
            byte[] anew = boundTo(0, 2, 4, 7).seal(secret, right);
            sealer.unseal(anew, right).close();
            sealer.destroy(sealed);
            assertEquals(Why.FOREIGN, refusal(sealer, sealed, right));
            sealer.destroy(anew);
        }
    }

    @Test
    void theSameStartOpensAgain() throws Exception {
        try (Swtpm machine = Swtpm.atSocket();
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            KeySealer sealer = new TpmSealer(machine.address(), random);
            machine.extend(4);
            byte[] sealed =
                    sealer.boundTo(PcrSelection.of(List.of(4))).orElseThrow().seal(secret, authorisation);

            machine.restart();
            assertEquals(Why.OTHER_START, refusal(sealer, sealed, authorisation));
            machine.extend(4);

            sealer.unseal(sealed, authorisation).close();
        }
    }

    @Test
    void allRegistersCanBeBoundTo() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            Integer[] all = IntStream.range(0, PcrSelection.REGISTERS).boxed().toArray(Integer[]::new);
            byte[] sealed = boundTo(all).seal(secret, authorisation);
            sealer().unseal(sealed, authorisation).close();

            tpm.extend(15);

            assertEquals(Why.OTHER_START, refusal(sealer(), sealed, authorisation));
            sealer().destroy(sealed);
        }
    }

    @Test
    void whatASystemMeasuresBetweenLookingAndOpeningIsLookedAtAgain() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = boundTo(7).seal(secret, authorisation);
            TpmBlob blob = TpmBlob.read(sealed);
            int[] measured = new int[1];
            try (SocketTransport there = new SocketTransport(
                            UnixDomainSocketAddress.of(((TpmAddress.UnixEmulator) tpm.address()).path()),
                            Duration.ofSeconds(10));
                    Tpm open = new Tpm(new Measuring(there, measured))) {
                StorageRootKey root = StorageRootKey.in(open);
                int object = blob.object().load(open, root, blob.rootName());
                try (SecretBytes authValue = AuthValue.of(authorisation);
                        HmacSession session = HmacSession.start(open, root, HmacSession.Kind.POLICY, random)) {
                    SealedObject.unseal(open, object, blob, session, authValue).close();
                }
            }
            assertEquals(3, measured[0]);
            sealer().destroy(sealed);
        }
    }

    /// A system that measures something before each of the first two commands to unseal; counts those commands.
    private record Measuring(TpmTransport tpm, int[] unsealed) implements TpmTransport {
        @Override
        public byte[] exchange(byte[] command) throws IOException {
            if (Interposer.code(command) == TpmCommand.UNSEAL && unsealed[0]++ < 2) {
                tpm.exchange(Swtpm.extending(10));
            }
            return tpm.exchange(command);
        }

        @Override
        public boolean hasResourceManager() {
            return tpm.hasResourceManager();
        }

        @Override
        public void close() throws IOException {
            tpm.close();
        }
    }

    @Test
    void aLieAboutTheRegistersOpensNothing() throws Exception {
        try (Interposer bus = new Interposer(tpm.address());
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            KeySealer sealer = new TpmSealer(bus.address(), random);
            byte[] sealed = boundTo(7).seal(secret, authorisation);
            byte[] wanted = TpmBlob.read(sealed).object().policy();
            tpm.extend(7);
            bus.change((command, response) -> {
                if (Interposer.code(command) == TpmCommand.POLICY_GET_DIGEST) {
                    System.arraycopy(wanted, 0, response, 12, wanted.length);
                }
                return response;
            });
            int before = sealer.triesLeft();

            assertEquals(Why.OTHER_START, refusal(sealer, sealed, authorisation));

            assertEquals(before, sealer.triesLeft());
            sealer.destroy(sealed);
        }
    }

    @Test
    void registersThatTheTpmLeavesOutAreNotLeftOutOfTheSeal() throws Exception {
        try (Interposer bus = new Interposer(tpm.address());
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            KeySealer sealer = new TpmSealer(bus.address(), random)
                    .boundTo(PcrSelection.of(List.of(7)))
                    .orElseThrow();
            // No bank, no values.
            byte[] nothing = new TpmWriter()
                    .uint16(TpmCommand.NO_SESSIONS)
                    .uint32(22)
                    .uint32(0)
                    .uint32(1)
                    .uint32(0)
                    .uint32(0)
                    .toByteArray();
            bus.change((command, response) -> Interposer.code(command) == TpmCommand.PCR_READ ? nothing : response);

            assertEquals(
                    Why.FAILED,
                    assertThrows(SealException.class, () -> sealer.seal(secret, authorisation))
                            .why());
        }
    }

    @Test
    void whatTheMachineAloneOpensIsNotBound() {
        try (SecretBytes secret = bytes(32);
                SecretBytes none = nothing()) {
            assertThrows(IllegalArgumentException.class, () -> boundTo(7).seal(secret, none));
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
                    UnixDomainSocketAddress.of(((TpmAddress.UnixEmulator) tpm.address()).path()),
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
