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

    /// What a thief can do who speaks to the TPM himself: the steps of an unsealing, one by one.
    private final class Bench implements AutoCloseable {
        private final Tpm open = tpm.connect();
        private final StorageRootKey root = StorageRootKey.in(open);
        private final LeaseBlob blob;
        private final int pin;
        private final int object;

        private Bench(LeaseBlob blob) throws Exception {
            this.blob = blob;
            this.pin = blob.pin().object().load(open, root, blob.rootName());
            this.object = blob.object().load(open, root, blob.rootName());
        }

        private HmacSession session() throws Exception {
            return HmacSession.start(open, root, HmacSession.Kind.POLICY, random);
        }

        private void show(HmacSession session, SecretBytes authorisation) throws Exception {
            try (HmacSession shown = HmacSession.start(open, root, HmacSession.Kind.HMAC, random)) {
                try {
                    blob.pin().show(open, pin, shown, authorisation, session);
                } finally {
                    // There is room for three.
                    open.flush(shown.handle());
                }
            }
        }

        private void compare(HmacSession session, Lease lease) throws Exception {
            for (Lease.Comparison comparison : lease.comparisons()) {
                LeasePolicy.compare(open, session, comparison);
            }
        }

        private SecretBytes unseal(HmacSession session, SecretBytes authorisation) throws Exception {
            return blob.object().unseal(open, object, session, authorisation);
        }

        /// TPM2_PolicyGetDigest.
        private byte[] digest(HmacSession session) throws Exception {
            return open.run(new TpmCommand(0x189).handle(session.handle()))
                    .parameters()
                    .sized();
        }

        @Override
        public void close() {
            open.close();
        }
    }

    /// The proof that the TPM gives for an approval.
    private byte[] proof(LeaseBlob blob, Lease lease, byte[] approval) throws Exception {
        try (Tpm open = tpm.connect()) {
            return blob.policy().approved(open, lease, approval);
        }
    }

    @Test
    void theTpmComputesTheSameDigests() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            LeaseBlob blob = LeaseBlob.read(sealed);
            Lease.Granted granted = hour(sealed, 0, 0);
            Lease lease = granted.verify(lessor.verifyingKey());
            byte[] proof = proof(blob, lease, granted.approval());
            try (Bench bench = new Bench(blob);
                    HmacSession session = bench.session()) {
                bench.show(session, authorisation);
                bench.compare(session, lease);
                assertArrayEquals(lease.policyDigest(), bench.digest(session));

                blob.policy().authorize(bench.open, session, lease, proof);
                bench.open.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
                assertArrayEquals(blob.policy().digest(), bench.digest(session));
            }
        }
    }

    @Test
    void theTpmItselfRefusesWhatTheLessorDidNotApprove() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            LeaseBlob blob = LeaseBlob.read(sealed);
            Lease lease = hour(sealed, 0, 0).verify(lessor.verifyingKey());
            byte[] longer = hour(sealed, 5, 5).approval();
            byte[] stranger = new TestLessor().sign(lease.approved());

            // The approval of another policy, and the approval of another lessor: no signature of this policy.
            for (byte[] approval : new byte[][] {longer, stranger}) {
                TpmRefusal refused = assertThrows(TpmRefusal.class, () -> proof(blob, lease, approval));
                assertTrue(refused.getMessage().startsWith("TPM command 177 "), refused.getMessage());
            }
        }
    }

    @Test
    void theTpmItselfRefusesAnApprovedPolicyThatWasNotFulfilled() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            LeaseBlob blob = LeaseBlob.read(sealed);
            Lease.Granted granted = hour(sealed, 0, 0);
            Lease lease = granted.verify(lessor.verifyingKey());
            byte[] proof = proof(blob, lease, granted.approval());
            try (Bench bench = new Bench(blob);
                    HmacSession unshown = bench.session();
                    HmacSession uncompared = bench.session()) {
                bench.compare(unshown, lease);
                bench.show(uncompared, authorisation);
                for (HmacSession session : new HmacSession[] {unshown, uncompared}) {
                    assertThrows(TpmRefusal.class, () -> blob.policy().authorize(bench.open, session, lease, proof));
                    bench.open.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
                    assertThrows(TpmRefusal.class, () -> bench.unseal(session, authorisation)
                            .close());
                }
            }
            try (Bench bench = new Bench(blob);
                    HmacSession plain = HmacSession.start(bench.open, bench.root, HmacSession.Kind.HMAC, random)) {
                assertThrows(TpmRefusal.class, () -> bench.unseal(plain, authorisation)
                        .close());
            }
        }
    }

    @Test
    void whoDoesNotKnowThePinPreparesNothingForTheTimeAfterTheLease() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32);
                SecretBytes wrong = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            LeaseBlob blob = LeaseBlob.read(sealed);
            Lease.Granted granted = hour(sealed, 0, 0);
            Lease lease = granted.verify(lessor.verifyingKey());
            byte[] proof = proof(blob, lease, granted.approval());
            try (Bench bench = new Bench(blob);
                    HmacSession kept = bench.session()) {
                bench.compare(kept, lease);
                assertThrows(SealException.class, () -> bench.show(kept, wrong));
                Swtpm.setClock(bench.open, lease.until().clock() + 1);

                // The PIN was found out, and the session has all that is wanted: in another order.
                bench.show(kept, authorisation);
                assertThrows(TpmRefusal.class, () -> blob.policy().authorize(bench.open, kept, lease, proof));
                try (HmacSession late = bench.session()) {
                    bench.show(late, authorisation);
                    assertEquals(
                            Why.LEASE_OVER,
                            assertThrows(SealException.class, () -> bench.compare(late, lease))
                                    .why());
                }
            }
        }
    }

    @Test
    void aLeaseForAPinThatTheThiefChoseOpensNothingInTheTpmEither() throws Exception {
        try (SecretBytes secret = bytes(32);
                SecretBytes authorisation = bytes(32);
                SecretBytes known = bytes(32)) {
            byte[] sealed = leases().seal(secret, authorisation, lessor.verifyingKey(), slot);
            LeaseBlob blob = LeaseBlob.read(sealed);
            byte[] own = leases().seal(secret, known, lessor.verifyingKey(), slot);
            LeaseBlob ownBlob = LeaseBlob.read(own);
            Lease.Granted granted = hour(own, 0, 0);
            Lease lease = granted.verify(lessor.verifyingKey());
            byte[] proof = proof(ownBlob, lease, granted.approval());
            LeaseBlob mixed = new LeaseBlob(blob.rootName(), slot, blob.lessor(), ownBlob.pin(), blob.object());
            try (Bench bench = new Bench(mixed);
                    HmacSession session = bench.session()) {
                bench.show(session, known);
                bench.compare(session, lease);
                mixed.policy().authorize(bench.open, session, lease, proof);
                bench.open.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));

                assertThrows(TpmRefusal.class, () -> bench.unseal(session, authorisation)
                        .close());
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
        Lease.Granted lease = hour(sealed, leases);
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
            leases.unseal(sealed, authorisation, hour(sealed, 0, 0)).close();

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
            Lease.Granted lease = hour(sealed, 0, 0);
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
            leases().unseal(sealed, authorisation, hour(sealed, 0, 0)).close();
            assertEquals(Why.LEASE_OVER, refusal(sealed, authorisation, lease(sealed, 1000, 2000, 0, 0)));
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
