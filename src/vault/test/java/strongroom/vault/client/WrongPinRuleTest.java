package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.KeptPolicy;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.slot.ChosenPin;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.SlotFile;

/// How wrong PINs are counted where a rule destroys the keys at one of them, whatever the PIN meets.
class WrongPinRuleTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private static Path slots;

    @TempDir
    private Path folder;

    private static SlotFile slot;

    private final List<Integer> destroyed = new ArrayList<>();
    private boolean destroyerFails;
    private TestOrganisation organisation;
    private Home home;
    private DeviceIdentity identity;

    @BeforeAll
    static void aSlot() throws Exception {
        try (SecretBytes pin = SecretBytes.random(6, RANDOM);
                SecretBytes root = SecretBytes.random(32, RANDOM)) {
            slot = PinSlot.create(
                    slots.resolve(SlotFile.DAILY),
                    new ChosenPin(pin, Instant.EPOCH),
                    root,
                    new MemorySealer(RANDOM, 5),
                    null,
                    RANDOM);
        }
    }

    @BeforeEach
    void enrol() throws Exception {
        home = new Home(folder);
        Files.createDirectories(home.slots());
        organisation = new TestOrganisation();
        identity = new DeviceIdentity(home, new OneSealer(new MemorySealer(RANDOM, 5)), RANDOM);
        organisation.enrol(identity, URI.create("https://localhost:1"), 2);
    }

    private void lay(long number, int destroyAfter) throws Exception {
        PinPolicy policy = new PinPolicy(number, 6, 0, destroyAfter, false, Instant.now());
        SignedPolicy signed =
                SignedPolicy.of(policy, organisation.administratorCertificate(), organisation.administratorKey());
        assertTrue(new KeptPolicy<>(home, PolicyKind.PIN).renew(signed, organisation.organisation()));
    }

    /// A new one each time, as in a process that was killed and started again.
    private WrongPinRule rule() {
        return new WrongPinRule(home, new PolicyInForce<>(home, identity, PolicyKind.PIN), (_, wrong) -> {
            if (destroyerFails) {
                throw new ClientException(Problem.IO, "The disk refuses.");
            }
            destroyed.add(wrong);
        });
    }

    private UnlockResult met(UnlockResult result) throws ClientException {
        return assertInstanceOf(Unlock.Outcome.Refused.class, rule().count(() -> new Unlock.Outcome.Refused(result)))
                .result();
    }

    private UnlockResult wrong() throws ClientException {
        return met(new UnlockResult.WrongPin(17));
    }

    private void right() throws ClientException {
        Unlock.Outcome.Root root = assertInstanceOf(
                Unlock.Outcome.Root.class,
                rule().count(() -> new Unlock.Outcome.Root(SecretBytes.random(32, RANDOM), slot, null)));
        root.root().close();
    }

    private Problem problem(UnlockResult result) {
        return assertInstanceOf(UnlockResult.Refused.class, result).problem();
    }

    @Test
    void eachIsCountedOverProcessesAndAtTheLastTheKeysAreDestroyed() throws Exception {
        lay(1, 5);

        for (int left = 4; left > 0; left--) {
            assertEquals(new UnlockResult.WrongPin(left, true), wrong());
            assertEquals(left, rule().left());
        }
        assertEquals(List.of(), destroyed);

        assertEquals(Problem.WIPED, problem(wrong()));
        assertEquals(List.of(5), destroyed);
    }

    /// However often: nobody judged those PINs, and what is destroyed is destroyed.
    @Test
    void triesThatAreCutOffDestroyNothing() throws Exception {
        lay(1, 5);
        wrong();
        for (int i = 0; i < 20; i++) {
            assertThrows(IllegalStateException.class, () -> rule().count(() -> {
                throw new IllegalStateException("the program ends here");
            }));
        }

        assertEquals(4, rule().left());
        right();
        assertEquals(List.of(), destroyed);
    }

    @Test
    void aWrongPinIsOnTheDiskBeforeItIsToldAlsoToWhoInterrupts() throws Exception {
        lay(1, 5);

        Unlock.Outcome told = rule().count(() -> {
            Thread.currentThread().interrupt();
            return new Unlock.Outcome.Refused(new UnlockResult.WrongPin(17));
        });

        assertTrue(Thread.interrupted(), "the interrupt is told afterwards");
        assertEquals(new Unlock.Outcome.Refused(new UnlockResult.WrongPin(4, true)), told);
        assertEquals(4, rule().left());
    }

    @Test
    void rightPinsWhileThereIsNoRuleEndTheCount() throws Exception {
        lay(1, 5);
        for (int i = 0; i < 4; i++) {
            wrong();
        }
        lay(2, 0);
        right();
        lay(3, 5);

        assertEquals(5, rule().left());
        assertEquals(new UnlockResult.WrongPin(4, true), wrong());
    }

    @Test
    void whoEndsTheProgramBeforeItDestroysGainsNoTry() throws Exception {
        lay(1, 5);
        for (int i = 0; i < 4; i++) {
            wrong();
        }
        destroyerFails = true;
        assertEquals(
                Problem.IO, assertThrows(ClientException.class, this::wrong).problem());
        destroyerFails = false;
        List<String> tried = new ArrayList<>();

        Unlock.Outcome next = rule().count(() -> {
            tried.add("the right PIN");
            return new Unlock.Outcome.Refused(new UnlockResult.WrongPin(1));
        });

        assertEquals(
                Problem.WIPED,
                problem(assertInstanceOf(Unlock.Outcome.Refused.class, next).result()));
        assertEquals(List.of(), tried);
        assertEquals(List.of(5), destroyed);
    }

    @Test
    void aRightPinForgetsTheWrongOnes() throws Exception {
        lay(1, 5);
        for (int i = 0; i < 4; i++) {
            wrong();
        }

        right();

        assertEquals(5, rule().left());
        assertEquals(new UnlockResult.WrongPin(4, true), wrong());
    }

    @Test
    void whatNobodyJudgedIsNotCounted() throws Exception {
        lay(1, 5);
        for (UnlockResult other : List.of(
                new UnlockResult.Paused(Duration.ofMinutes(10)),
                new UnlockResult.Refused(Problem.TPM_MISSING, "It is away."),
                new UnlockResult.Refused(Problem.OFFLINE, "So is the server."))) {
            assertEquals(other, met(other));
            assertEquals(5, rule().left());
        }
        assertThrows(ClientException.class, () -> rule().count(() -> {
            throw new ClientException(Problem.IO, "The disk refuses.");
        }));
        assertEquals(5, rule().left());
    }

    @Test
    void aTryThatCannotBeCountedIsNotMade() throws Exception {
        lay(1, 5);
        // A folder in its place: nothing can be written there.
        Files.createDirectories(home.slots().resolve("daily.wrong").resolve("in the way"));

        assertEquals(
                Problem.IO, assertThrows(ClientException.class, this::wrong).problem());
        assertThrows(ClientException.class, this::right);
    }

    @Test
    void aStricterRuleLeavesOneTryAndNoRuleCountsNothing() throws Exception {
        lay(1, 20);
        for (int i = 0; i < 9; i++) {
            wrong();
        }
        lay(2, 5);
        assertEquals(1, rule().left());
        assertEquals(Problem.WIPED, problem(wrong()));
        assertEquals(List.of(10), destroyed);

        lay(3, 0);
        assertEquals(-1, rule().left());
        assertEquals(new UnlockResult.WrongPin(17), wrong());
    }

    @Test
    void whereNoRuleWasEverLaidDownNothingIsWritten() throws Exception {
        assertEquals(new UnlockResult.WrongPin(17), wrong());

        assertEquals(-1, rule().left());
        assertFalse(Files.exists(home.slots().resolve("daily.wrong")));
    }
}
