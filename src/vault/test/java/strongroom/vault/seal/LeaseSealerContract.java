package strongroom.vault.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Id;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException.Why;

/// What everything that holds to leases promises, run against a TPM and against the fake.
public abstract class LeaseSealerContract {
    private static final long HOUR = 3_600_000;

    protected final SecureRandom random = new SecureRandom();
    protected final Id slot = Id.random(random);
    protected TestLessor lessor;

    /// The machine whose leases are under test, with tries left.
    protected abstract KeySealer machine();

    /// Has the machine's clock go on.
    protected abstract void advance(long milliseconds) throws Exception;

    /// Shuts the machine down and starts it.
    protected abstract void restart() throws Exception;

    /// Has the machine sleep and resumes it.
    protected abstract void resume() throws Exception;

    @BeforeEach
    void makeLessor() throws Exception {
        lessor = new TestLessor();
    }

    protected LeaseSealer leases() {
        return machine().leases().orElseThrow();
    }

    protected SecretBytes bytes(int size) {
        return SecretBytes.random(size, random);
    }

    /// A lease from now on, of an hour, with so many restarts and resumes.
    protected Lease.Granted hour(int restarts, int resumes) throws Exception {
        return lease(-HOUR, HOUR, restarts, resumes);
    }

    /// A lease for another machine from now on, of an hour.
    protected Lease.Granted hour(LeaseSealer other) throws Exception {
        PowerClock now = other.clock();
        return lessor.grant(slot, now, new PowerClock(now.clock() + HOUR, now.resets(), now.restarts()));
    }

    /// @param from milliseconds from now @param until milliseconds from now
    protected Lease.Granted lease(long from, long until, int restarts, int resumes) throws Exception {
        PowerClock now = leases().clock();
        return lessor.grant(
                slot,
                new PowerClock(Math.max(0, now.clock() + from), now.resets(), now.restarts()),
                new PowerClock(Math.max(0, now.clock() + until), now.resets() + restarts, now.restarts() + resumes));
    }

    protected Why refusal(byte[] sealed, SecretBytes authorisation, Lease.Granted lease) {
        SealException refused = assertThrows(SealException.class, () -> leases().unseal(sealed, authorisation, lease)
                .close());
        assertTrue(String.valueOf(refused.getMessage()).endsWith("."));
        return refused.why();
    }

    @Test
    public void aSecretOfAnySizeComesBackWithinTheLease() throws Exception {
        for (int size : new int[] {1, 32, KeySealer.MAX_SECRET}) {
            try (SecretBytes secret = bytes(size);
                    SecretBytes authorisation = bytes(32)) {
                byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);

                try (SecretBytes opened = leases().unseal(sealed, authorisation, hour(0, 0))) {
                    assertTrue(opened.matches(secret));
                }
                assertTrue(sealed.length <= 4096);
            }
        }
    }

    @Test
    public void aLeaseEndsByTheMachinesClock() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            Lease.Granted lease = hour(0, 0);
            leases().unseal(sealed, authorisation, lease).close();

            advance(HOUR + 1);

            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, lease));
            leases().unseal(sealed, authorisation, hour(0, 0)).close();
        }
    }

    @Test
    public void aLeaseForLaterOpensNothingYet() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);

            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, lease(HOUR, 2 * HOUR, 0, 0)));
        }
    }

    @Test
    public void aLeaseAllowsSoManyRestartsAndNoMore() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            PowerClock before = leases().clock();
            Lease.Granted lease = hour(1, 0);
            Lease.Granted none = hour(0, 0);

            restart();
            assertEquals(before.resets() + 1, leases().clock().resets());
            leases().unseal(sealed, authorisation, lease).close();
            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, none));

            restart();
            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, lease));
        }
    }

    @Test
    public void aLeaseAllowsSoManyResumesAndNoMore() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            PowerClock before = leases().clock();
            Lease.Granted lease = hour(0, 1);
            Lease.Granted none = hour(0, 0);

            resume();
            assertEquals(before.resets(), leases().clock().resets());
            assertEquals(before.restarts() + 1, leases().clock().restarts());
            leases().unseal(sealed, authorisation, lease).close();
            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, none));

            resume();
            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, lease));
        }
    }

    @Test
    public void aLeaseOfAnotherSlotIsRefusedAndCostsNoTry() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32);
                SecretBytes wrong = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), Id.random(random));
            int before = machine().triesLeft();

            assertEquals(Why.LEASE_INVALID, refusal(sealed, authorisation, hour(0, 0)));
            assertEquals(Why.LEASE_INVALID, refusal(sealed, wrong, hour(0, 0)));

            assertEquals(before, machine().triesLeft());
        }
    }

    @Test
    public void aLeaseOfAnotherLessorIsRefused() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, new TestLessor().verifyingKey(), slot);

            assertEquals(Why.LEASE_INVALID, refusal(sealed, authorisation, hour(0, 0)));
        }
    }

    @Test
    public void anApprovalOfAnotherLeaseIsRefused() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            Lease.Granted lease = hour(0, 0);
            Lease.Granted longer = lease(-HOUR, 2 * HOUR, 0, 0);

            assertEquals(
                    Why.LEASE_INVALID,
                    refusal(sealed, authorisation, new Lease.Granted(longer.lease(), lease.approval())));
            assertEquals(
                    Why.LEASE_INVALID,
                    refusal(sealed, authorisation, new Lease.Granted(lease.lease(), longer.approval())));
        }
    }

    @Test
    public void wrongAuthorisationsCountAndTheRightOneOpensAfterwards() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32);
                SecretBytes wrong = bytes(32);
                SecretBytes none = SecretBytes.ofAndZero(new byte[0])) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            int before = machine().triesLeft();

            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealed, wrong, hour(0, 0)));
            assertEquals(Why.WRONG_AUTHORISATION, refusal(sealed, none, hour(0, 0)));

            assertEquals(before - 2, machine().triesLeft());
            leases().unseal(sealed, authorisation, hour(0, 0)).close();
        }
    }

    @Test
    public void everyChangedByteAndEveryCutIsRefused() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            Lease.Granted lease = hour(0, 0);
            for (int i = 0; i < sealed.length; i++) {
                byte[] changed = sealed.clone();
                changed[i] ^= 0x04;
                assertEquals(Why.DAMAGED, refusal(changed, authorisation, lease));
                assertEquals(Why.DAMAGED, refusal(Arrays.copyOf(sealed, i), authorisation, lease));
            }
        }
    }

    @Test
    public void theSealedBytesShowNeitherSecretNorAuthorisation() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);

            assertFalse(contains(sealed, secret));
            assertFalse(contains(sealed, authorisation));
        }
    }

    protected static boolean contains(byte[] in, SecretBytes secret) {
        return KeySealerContract.contains(in, secret);
    }
}
