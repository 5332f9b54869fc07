package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.LeaseSealer;
import strongroom.vault.seal.LeaseSealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.TestLessor;

/// Leases against a real emulator.
class TpmLeasesIT extends LeaseSealerContract {
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
    protected KeySealer machine() {
        return new TpmSealer(tpm.address(), random);
    }

    @Override
    protected void advance(long milliseconds) throws Exception {
        tpm.setClock(leases().clock().clock() + milliseconds);
    }

    @Override
    protected void restart() throws Exception {
        tpm.restart();
    }

    @Override
    protected void resume() throws Exception {
        tpm.resume();
    }

    @Test
    void aWakingFromDiskIsCountedAsAResume() throws Exception {
        PowerClock before = leases().clock();

        tpm.wakeFromDisk();

        PowerClock after = leases().clock();
        assertEquals(before.resets(), after.resets());
        assertEquals(before.restarts() + 1, after.restarts());
    }

    @Test
    void theOwnerCannotSetTheClockBack() throws Exception {
        long now = leases().clock().clock();

        assertThrows(TpmRefusal.class, () -> tpm.setClock(now - 1));

        assertTrue(leases().clock().clock() >= now);
    }

    @Test
    void theTpmComputesTheSameDigests() throws Exception {
        Lease.Granted granted = hour(0, 0);
        Lease lease = granted.verify(lessor.verifyingKey());
        LeasePolicy policy = new LeasePolicy(lessor.verifyingKey(), slot);
        try (Tpm open = tpm.connect();
                HmacSession session =
                        HmacSession.start(open, StorageRootKey.in(open), HmacSession.Kind.POLICY, random)) {
            for (Lease.Comparison comparison : lease.comparisons()) {
                LeasePolicy.compare(open, session, comparison);
            }
            assertArrayEquals(lease.policyDigest(), digest(open, session));
        }
        try (Tpm open = tpm.connect();
                HmacSession session =
                        HmacSession.start(open, StorageRootKey.in(open), HmacSession.Kind.POLICY, random)) {
            policy.fulfil(open, session, lease, granted.approval());
            assertArrayEquals(policy.digest(), digest(open, session));
        }
    }

    /// TPM2_PolicyGetDigest.
    private static byte[] digest(Tpm open, HmacSession session) throws Exception {
        return open.run(new TpmCommand(0x189).handle(session.handle()))
                .parameters()
                .sized();
    }

    @Test
    void theTpmItselfRefusesWhatTheLessorDidNotApprove() throws Exception {
        Lease.Granted granted = hour(0, 0);
        Lease lease = granted.verify(lessor.verifyingKey());
        Lease.Granted longer = hour(5, 5);
        byte[] stranger = new TestLessor().sign(lease.approved());
        LeasePolicy policy = new LeasePolicy(lessor.verifyingKey(), slot);

        // The approval of another policy, and the approval of another lessor: no signature of this policy.
        for (byte[] approval : new byte[][] {longer.approval(), stranger}) {
            try (Tpm open = tpm.connect();
                    HmacSession session =
                            HmacSession.start(open, StorageRootKey.in(open), HmacSession.Kind.POLICY, random)) {
                TpmRefusal refused =
                        assertThrows(TpmRefusal.class, () -> policy.fulfil(open, session, lease, approval));
                assertTrue(refused.getMessage().startsWith("TPM command 177 "), refused.getMessage());
            }
        }
    }

    @Test
    void theTpmItselfRefusesAnApprovedPolicyThatWasNotFulfilled() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            LeaseBlob blob = LeaseBlob.read(leases().seal(secret, authorisation, lessor.verifyingKey(), slot));
            Lease lease = hour(0, 0).verify(lessor.verifyingKey());
            byte[] approval = lessor.sign(lease.approved());
            try (Tpm open = tpm.connect()) {
                StorageRootKey root = StorageRootKey.in(open);
                int object = blob.object().load(open, root, blob.rootName());
                try (HmacSession session = HmacSession.start(open, root, HmacSession.Kind.POLICY, random)) {
                    LessorKey key = new LessorKey(lessor.verifyingKey());
                    byte[] proof = key.verify(open, TpmKdf.sha256(lease.approved()), approval);
                    // No comparison was made, so what was approved is not what the session has.
                    assertThrows(TpmRefusal.class, () -> blob.policy().authorize(open, session, lease, proof));
                    open.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
                    assertThrows(TpmRefusal.class, () -> blob.object()
                            .unseal(open, object, session, authorisation)
                            .close());
                }
                try (HmacSession session = HmacSession.start(open, root, HmacSession.Kind.HMAC, random)) {
                    assertThrows(TpmRefusal.class, () -> blob.object()
                            .unseal(open, object, session, authorisation)
                            .close());
                }
            }
        }
    }

    @Test
    void anotherTpmIsForeignAndIsNotShownTheAuthorisation() throws Exception {
        try (Swtpm other = Swtpm.atSocket();
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            KeySealer stranger = new TpmSealer(other.address(), random);
            int before = stranger.triesLeft();

            assertEquals(Why.FOREIGN, refusalBy(stranger, sealed, authorisation));

            assertEquals(before, stranger.triesLeft());
        }
    }

    private Why refusalBy(KeySealer machine, byte[] sealed, SecretBytes authorisation) throws Exception {
        LeaseSealer leases = machine.leases().orElseThrow();
        Lease.Granted lease = hour(leases);
        return assertThrows(SealException.class, () -> leases.unseal(sealed, authorisation, lease)
                        .close())
                .why();
    }

    @Test
    void wrongAuthorisationsPauseTheTpmAndThePauseIsForAll() throws Exception {
        try (Swtpm strict = Swtpm.atSocket();
                SecretBytes secret = bytes(32);
                SecretBytes right = bytes(32);
                SecretBytes wrong = bytes(32)) {
            strict.lockout(2, 1000);
            KeySealer machine = new TpmSealer(strict.address(), random);
            byte[] sealed = machine.leases().orElseThrow().seal(secret, right, lessor.verifyingKey(), slot);
            byte[] daily = machine.seal(secret, right);

            assertEquals(Why.WRONG_AUTHORISATION, refusalBy(machine, sealed, wrong));
            assertEquals(1, machine.triesLeft());
            assertEquals(Why.WRONG_AUTHORISATION, refusalBy(machine, sealed, wrong));

            assertEquals(Why.PAUSED, refusalBy(machine, sealed, right));
            assertEquals(
                    Why.PAUSED,
                    assertThrows(SealException.class, () -> machine.unseal(daily, right)
                                    .close())
                            .why());
        }
    }

    @Test
    void theBusShowsNeitherSecretNorAuthorisation() throws Exception {
        try (Interposer bus = new Interposer(tpm.address());
                SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            LeaseSealer leases = new TpmSealer(bus.address(), random).leases().orElseThrow();
            byte[] sealed = leases.seal(secret, authorisation, lessor.verifyingKey(), slot);
            leases.unseal(sealed, authorisation, hour(0, 0)).close();

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
            KeySealer machine = new TpmSealer(bus.address(), random);
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            bus.change((command, response) -> {
                if (Interposer.code(command) == TpmCommand.UNSEAL) {
                    response[20] ^= 1;
                }
                return response;
            });

            assertEquals(Why.INTERPOSED, refusalBy(machine, sealed, authorisation));
        }
    }

    @Test
    void bytesChangedByOneWhoRepairsTheChecksumAreRefused() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            Lease.Granted lease = hour(0, 0);
            int before = machine().triesLeft();
            for (int i = 0; i < sealed.length - 8; i++) {
                byte[] changed = sealed.clone();
                changed[i] ^= 1;
                byte[] check = TpmKdf.sha256(Arrays.copyOf(changed, changed.length - 8));
                System.arraycopy(check, 0, changed, changed.length - 8, 8);
                int at = i;
                assertThrows(
                        SealException.class,
                        () -> leases().unseal(changed, authorisation, lease).close(),
                        () -> "byte " + at);
            }
            assertEquals(before, machine().triesLeft());
        }
    }

    @Test
    void nothingIsLeftInTheTpm() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            leases().unseal(sealed, authorisation, hour(0, 0)).close();
            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, lease(1000, 2000, 0, 0)));
        }
        try (Tpm open = tpm.connect()) {
            // Transient objects, and sessions of both kinds.
            for (int range : new int[] {0x80000000, 0x02000000}) {
                TpmCommand command = new TpmCommand(TpmCommand.GET_CAPABILITY);
                command.parameters().uint32(1).uint32(range).uint32(64);
                TpmReader list = open.run(command).parameters();
                list.uint8();
                list.uint32();
                assertEquals(0, list.uint32());
            }
        }
    }
}
