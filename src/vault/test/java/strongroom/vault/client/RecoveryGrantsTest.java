package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.RecoveryGrant;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.Signed;
import strongroom.vault.agent.RecoveryOffer;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.RecoveryTrust;
import strongroom.vault.store.VaultStore;

/// What a device leaves for the day when it is lost, and to whom.
class RecoveryGrantsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private final Id person = Id.random(RANDOM);
    private final SecretBytes rootKey = SecretBytes.random(32, RANDOM);
    private final SigningKey signing = SigningKey.generate(RANDOM);
    private final BoxKey box = BoxKey.generate(RANDOM);
    private final BoxKey recovery = BoxKey.generate(RANDOM);
    private TestOrganisation organisation;
    private MemoryDesk desk;
    private VaultStore store;
    private RecoveryGrants grants;

    /// A server that keeps what is left, and an agent in between.
    private static final class MemoryDesk implements RecoveryGrants.Desk {
        private Organisation believed;
        private Optional<Signed> key = Optional.empty();
        private final List<Signed> left = new ArrayList<>();

        MemoryDesk(Organisation believed) {
            this.believed = believed;
        }

        @Override
        public Organisation organisation() {
            return believed;
        }

        @Override
        public RecoveryOffer offer() {
            return new RecoveryOffer(key, left.isEmpty() ? Optional.empty() : Optional.of(left.getLast()));
        }

        @Override
        public void leave(Signed grant) {
            left.add(grant);
        }
    }

    @BeforeEach
    void enrolled() throws Exception {
        organisation = new TestOrganisation();
        desk = new MemoryDesk(organisation.organisation());
        store = VaultStore.create(folder, rootKey, Clock.systemUTC(), RANDOM);
        grants = new RecoveryGrants(store, desk, RANDOM);
        try (PersonIdentity before = waiting();
                PersonIdentity waiting = before.with(trust())) {
            store.storeIdentity(waiting);
            assertEquals(new RecoveryGrants.Result.NoKeysYet(), grants.leave());
        }
        keysCame(true);
    }

    @AfterEach
    void close() {
        store.close();
        rootKey.close();
    }

    private PersonIdentity waiting() {
        try (BoxKey join = BoxKey.generate(RANDOM)) {
            return PersonIdentity.waiting(person, "Ada", Id.random(RANDOM), "laptop", join);
        }
    }

    private RecoveryTrust trust() {
        return RecoveryTrust.in(desk.believed.root().fingerprint());
    }

    private void keysCame(boolean trusting) throws Exception {
        try (PersonIdentity before = waiting();
                PersonIdentity waiting = before.with(trust());
                PersonIdentity complete = (trusting ? waiting : before).with(signing, box)) {
            store.storeIdentity(complete);
        }
    }

    private RecoveryKey show(long number, BoxKey key, TestOrganisation by) throws Exception {
        RecoveryKey shown = new RecoveryKey(number, key.publicKey(), 3, 2, Instant.EPOCH);
        desk.key = Optional.of(shown.sign(by.rootKey()));
        return shown;
    }

    private void assertRefused(String sentence) {
        int before = desk.left.size();
        ClientException refused = assertThrows(ClientException.class, grants::leave);
        assertEquals(Problem.SERVER_CONTRADICTS, refused.problem());
        assertTrue(String.valueOf(refused.getMessage()).contains(sentence), refused::toString);
        assertEquals(before, desk.left.size());
    }

    private void reopen() throws Exception {
        store.close();
        store = VaultStore.open(folder, rootKey, Clock.systemUTC(), RANDOM);
        grants = new RecoveryGrants(store, desk, RANDOM);
    }

    @Test
    void theKeysAreLeftOnceAndOpenWithTheRecoveryKeyAlone() throws Exception {
        assertEquals(new RecoveryGrants.Result.NobodyToLeaveThemTo(), grants.leave());
        assertTrue(desk.left.isEmpty());
        RecoveryKey key = show(1, recovery, organisation);

        assertEquals(new RecoveryGrants.Result.Left(key.fingerprint()), grants.leave());
        assertEquals(new RecoveryGrants.Result.Left(key.fingerprint()), grants.leave());

        assertEquals(1, desk.left.size());
        RecoveryGrant grant = RecoveryGrant.open(desk.left.getFirst(), signing.verifyingKey());
        assertEquals(key.fingerprint(), grant.key());
        byte[] bound = RecoveryGrant.bound(person, key.fingerprint());
        try (SecretBytes opened = recovery.open(RecoveryGrant.info(), bound, grant.sealed());
                SecretBytes first = signing.toSecret();
                SecretBytes second = box.toSecret();
                SecretBytes both = SecretBytes.join(first, second)) {
            assertTrue(opened.matches(both));
        }
    }

    @Test
    void aNewRecoveryKeyGetsThemAgainAndAnEarlierOneNeverMore() throws Exception {
        show(1, recovery, organisation);
        grants.leave();
        RecoveryKey second = show(2, BoxKey.generate(RANDOM), organisation);
        grants.leave();
        assertEquals(
                second.fingerprint(),
                RecoveryGrant.open(desk.left.getLast(), signing.verifyingKey()).key());

        reopen();
        show(1, recovery, organisation);
        assertRefused("an earlier recovery key");
        show(2, BoxKey.generate(RANDOM), organisation);
        assertRefused("an earlier recovery key");
    }

    @Test
    void aKeyOfNobodyOrOfAnotherOrganisationGetsNothing() throws Exception {
        TestOrganisation other = new TestOrganisation();
        show(1, recovery, other);
        assertRefused("not your organisation's");

        desk.believed = other.organisation();
        assertRefused("another organisation");
        desk.believed = organisation.organisation();
        desk.key = Optional.of(
                new RecoveryKey(1, recovery.publicKey(), 3, 2, Instant.EPOCH).sign(organisation.administratorKey()));
        assertRefused("not your organisation's");
        desk.key = Optional.of(new RecoveryKey(1, new byte[] {1}, 3, 2, Instant.EPOCH).sign(organisation.rootKey()));
        assertRefused("cannot be used");
    }

    @Test
    void whatSomebodyElseLeftInTheirNameDoesNotCount() throws Exception {
        RecoveryKey key = show(1, recovery, organisation);
        try (SigningKey stranger = SigningKey.generate(RANDOM)) {
            desk.left.add(new RecoveryGrant(person, key.fingerprint(), new byte[] {1}).sign(stranger));
        }

        grants.leave();

        assertEquals(2, desk.left.size());
    }

    @Test
    void aStoreFromBeforeBelievesTheOrganisationThatItFindsFirst() throws Exception {
        keysCame(false);
        RecoveryKey key = show(1, recovery, organisation);
        assertEquals(new RecoveryGrants.Result.Left(key.fingerprint()), grants.leave());

        reopen();
        TestOrganisation other = new TestOrganisation();
        desk.believed = other.organisation();
        show(2, recovery, other);
        assertRefused("another organisation");
        try (PersonIdentity identity = store.identity().orElseThrow();
                SigningKey kept = identity.signingKey().orElseThrow();
                SecretBytes mine = signing.toSecret();
                SecretBytes same = kept.toSecret()) {
            assertArrayEquals(
                    mine.<byte[], RuntimeException>use(bytes -> Arrays.copyOf(bytes, 32)),
                    same.<byte[], RuntimeException>use(bytes -> Arrays.copyOf(bytes, 32)));
            assertEquals(1, identity.recoveryTrust().orElseThrow().number());
        }
    }
}
