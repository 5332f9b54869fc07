package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.KeptPolicy;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.MemorySealer;

class PinProofTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private TestOrganisation organisation;
    private Home home;
    private PinProof proof;
    private long nanos;

    @BeforeEach
    void unlock() throws Exception {
        home = new Home(folder);
        organisation = new TestOrganisation();
        DeviceIdentity identity = new DeviceIdentity(home, new OneSealer(new MemorySealer(RANDOM, 5)), RANDOM);
        organisation.enrol(identity, URI.create("https://localhost:1"), 2);
        proof = new PinProof(new PolicyInForce<>(home, identity, PolicyKind.PIN), () -> nanos);
    }

    private void lay(long number, boolean askAgain) throws Exception {
        PinPolicy policy = new PinPolicy(number, 6, 0, 0, askAgain, Instant.now());
        SignedPolicy signed =
                SignedPolicy.of(policy, organisation.administratorCertificate(), organisation.administratorKey());
        assertTrue(new KeptPolicy<>(home, PolicyKind.PIN).renew(signed, organisation.organisation()));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void assertNeeded() {
        ClientException refused = assertThrows(ClientException.class, () -> proof.guard(() -> "exported"));
        assertEquals(Problem.PIN_NEEDED, refused.problem());
    }

    @Test
    void withoutARuleThePinOfTheUnlockIsEnough() throws Exception {
        pass(Duration.ofDays(1));
        assertEquals("exported", proof.guard(() -> "exported"));
        lay(1, false);
        pass(Duration.ofDays(1));
        assertEquals("exported", proof.guard(() -> "exported"));
    }

    @Test
    void withOneItIsGoodForAMinuteAndAgainOnceItWasShown() throws Exception {
        lay(1, true);
        pass(Duration.ofSeconds(59));
        assertEquals("exported", proof.guard(() -> "exported"));
        pass(Duration.ofSeconds(61));
        assertNeeded();

        proof.shown();

        assertEquals("exported", proof.guard(() -> "exported"));
    }

    @Test
    void whatTakesLongIsNotAskedForInItsMiddle() throws Exception {
        lay(1, true);
        proof.guard(() -> {
            pass(Duration.ofMinutes(10));
            return true;
        });

        assertEquals("the next one", proof.guard(() -> "the next one"));
        pass(Duration.ofSeconds(61));
        assertNeeded();
    }

    @Test
    void aFailureShowsNoPin() throws Exception {
        lay(1, true);
        pass(Duration.ofSeconds(61));
        assertNeeded();
        assertNeeded();
    }
}
