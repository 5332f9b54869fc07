package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
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
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.ChosenPin;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.SlotFile;

/// What the organisation says of PINs, and what a device makes of it.
class PinLifeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PIN = "482913";
    private static final String OTHER = "715204";

    @TempDir
    private Path folder;

    private final MemorySealer tpm = new MemorySealer(RANDOM, 100);
    private final Parts parts = new Parts(tpm);
    private final SecretBytes root = SecretBytes.random(32, RANDOM);
    /// Of the wall clock, which anybody can set.
    private Instant wall = Instant.now();

    private final Clock clock = ((InstantSource) () -> wall).withZone(ZoneOffset.UTC);
    private TestOrganisation organisation;
    private Home home;
    private DeviceIdentity identity;

    @BeforeEach
    void enrol() throws Exception {
        home = new Home(folder);
        Files.createDirectories(home.slots());
        organisation = new TestOrganisation();
        identity = new DeviceIdentity(home, new OneSealer(tpm), RANDOM);
        organisation.enrol(identity, URI.create("https://localhost:1"), 2);
    }

    @AfterEach
    void close() {
        root.close();
    }

    private PolicyInForce<PinPolicy> inForce() {
        return new PolicyInForce<>(home, identity, PolicyKind.PIN);
    }

    private TrustedTime time() {
        return new TrustedTime(home, inForce(), clock);
    }

    private PinLife life() {
        return new PinLife(inForce(), time());
    }

    private DailySlot daily() {
        AgentConnection agent = new AgentConnection(home, "none");
        return new DailySlot(home, ServerShares.of(home, identity, agent, clock, RANDOM), parts, time(), RANDOM);
    }

    private boolean lay(PinPolicy policy) throws Exception {
        SignedPolicy signed =
                SignedPolicy.of(policy, organisation.administratorCertificate(), organisation.administratorKey());
        return new KeptPolicy<>(home, PolicyKind.PIN).renew(signed, organisation.organisation());
    }

    private static PinPolicy policy(long number, int shortest, int age, int destroyAfter) {
        return new PinPolicy(
                number, shortest, age, destroyAfter, false, Instant.now().minusSeconds(60));
    }

    private static SecretBytes pin(String characters) {
        return SecretBytes.ofAndZero(characters.toCharArray());
    }

    private void choose(String characters) throws ClientException {
        try (SecretBytes pin = pin(characters)) {
            daily().make(pin, root, tpm);
        }
    }

    private Optional<UnlockResult.NewPinNeeded.Why> judged(String characters) throws ClientException {
        return life().judge(characters.length(), daily().read());
    }

    @Test
    void anOlderNumberAndAnotherOrganisationChangeNothing() throws Exception {
        assertTrue(lay(policy(5, 10, 0, 0)));

        assertEquals(false, lay(policy(4, 6, 0, 0)));
        assertEquals(false, lay(policy(5, 6, 0, 0)));
        TestOrganisation eve = new TestOrganisation();
        SignedPolicy forged =
                SignedPolicy.of(policy(9, 6, 0, 0), eve.administratorCertificate(), eve.administratorKey());
        assertEquals(false, new KeptPolicy<>(home, PolicyKind.PIN).renew(forged, organisation.organisation()));

        assertEquals(10, life().rules(Assurance.HARDWARE).shortest());
        assertEquals(12, life().rules(Assurance.PASSPHRASE).shortest());
    }

    @Test
    void aNewPinIsAsLongAsTheOrganisationWantsIt() throws Exception {
        lay(policy(1, 10, 0, 0));

        PinRules rules = life().rules(Assurance.HARDWARE);

        ClientException refused = assertThrows(ClientException.class, () -> rules.check("4829137f0".toCharArray()));
        assertEquals(Problem.PIN_REFUSED, refused.problem());
        assertTrue(refused.getMessage().contains("your organisation wants at least 10"), refused.getMessage());
        rules.check("4829137f0q".toCharArray());
    }

    @Test
    void aPinThatIsTooShortNowIsNamedWithoutAnybodyHavingNotedItsLength() throws Exception {
        choose(PIN);
        assertEquals(Optional.empty(), judged(PIN));

        lay(policy(1, 7, 0, 0));

        assertEquals(Optional.of(UnlockResult.NewPinNeeded.Why.TOO_SHORT), judged(PIN));
        assertEquals(Optional.empty(), judged(PIN + "x"));
    }

    @Test
    void aPinGetsOldByTheDay() throws Exception {
        lay(policy(1, 6, 30, 0));
        choose(PIN);

        assertEquals(Optional.empty(), judged(PIN));
        wall = wall.plus(Duration.ofDays(29));
        assertEquals(Optional.empty(), judged(PIN));
        wall = wall.plus(Duration.ofDays(2));
        assertEquals(Optional.of(UnlockResult.NewPinNeeded.Why.TOO_OLD), judged(PIN));
    }

    @Test
    void aClockThatIsSetBackMakesNoPinYounger() throws Exception {
        Instant start = wall;
        lay(policy(1, 6, 30, 0));
        choose(PIN);
        wall = start.plus(Duration.ofDays(31));
        assertEquals(Optional.of(UnlockResult.NewPinNeeded.Why.TOO_OLD), judged(PIN));

        wall = start.plus(Duration.ofDays(1));

        assertEquals(Optional.of(UnlockResult.NewPinNeeded.Why.TOO_OLD), judged(PIN));
    }

    @Test
    void aPinOfTheFutureOrOfNoDateIsTooOld() throws Exception {
        Instant start = wall;
        wall = start.plus(Duration.ofDays(400));
        choose(PIN);
        wall = start;
        lay(policy(1, 6, 30, 0));
        assertEquals(Optional.of(UnlockResult.NewPinNeeded.Why.TOO_OLD), judged(PIN));

        try (SecretBytes pin = pin(PIN)) {
            SlotFile undated = PinSlot.create(
                    home.slots().resolve(SlotFile.DAILY), new ChosenPin(pin, null), root, tpm, null, RANDOM);
            assertEquals(Optional.of(UnlockResult.NewPinNeeded.Why.TOO_OLD), life().judge(PIN.length(), undated));
        }
    }

    @Test
    void aChangeMakesThePinYoungAndAnotherSealDoesNot() throws Exception {
        MemorySealer keyring = new MemorySealer(RANDOM, SealKind.KEYSTORE, 100);
        try (SecretBytes pin = pin(PIN)) {
            new DailySlot(
                            home,
                            ServerShares.of(home, identity, new AgentConnection(home, "none"), clock, RANDOM),
                            new Parts(keyring),
                            time(),
                            RANDOM)
                    .make(pin, root, keyring);
        }
        Instant chosen = daily().read().since();
        wall = wall.plus(Duration.ofDays(40));
        Parts both = new Parts(tpm, keyring);
        DailySlot daily = new DailySlot(
                home,
                ServerShares.of(home, identity, new AgentConnection(home, "none"), clock, RANDOM),
                both,
                time(),
                RANDOM);
        try (SecretBytes pin = pin(PIN);
                SecretBytes other = pin(OTHER)) {
            daily.strengthen(daily.read(), pin, root);
            assertEquals(SealKind.TPM, daily.read().kind());
            assertEquals(chosen, daily.read().since());

            daily.replace(other, root, tpm);
            assertEquals(
                    wall.truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                    daily.read().since());
        }
    }
}
