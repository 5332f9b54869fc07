package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;
import strongroom.vault.crypto.SigningKey;

/// A server that shows something else than it showed, or than its members wrote, is noticed; nothing of it is used.
class ExchangeTest {
    @TempDir
    Path folder;

    final MemoryServer server = new MemoryServer();
    final Device.Person person = new Device.Person();
    Device one;
    Device two;

    @BeforeEach
    void open() throws Exception {
        one = new Device(folder.resolve("one"), person, "one");
        two = new Device(folder.resolve("two"), person, "two");
        one.save("a.txt", "a");
        one.save("b.txt", "b");
        one.save("c.txt", "c");
        server.sync(one.exchange, one.vault);
        one.store.applyIncoming();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private void refused(List<Commit> commits) throws Exception {
        Exchange.Head before = two.exchange.head(two.vault);
        VaultStoreTest.assertRefused(StoreException.Why.CONTRADICTION, () -> two.exchange.incoming(two.vault, commits));
        assertEquals(before, two.exchange.head(two.vault));
        assertFalse(two.store.applyIncoming());
        assertEquals(List.of(), two.names());
    }

    @Test
    void aGapOrAnotherOrderIsRefused() throws Exception {
        refused(List.of(server.log.get(1)));
        refused(List.of(server.log.get(0), server.log.get(2)));
        refused(List.of(server.log.get(1), server.log.get(0)));
    }

    @Test
    void anotherBodyIsRefused() throws Exception {
        Commit first = server.log.get(0);
        byte[] body = first.body().clone();
        body[20] ^= 1;

        refused(List.of(new Commit(first.header(), body)));
    }

    @Test
    void aServerThatGoesBackIsNoticed() throws Exception {
        VaultRecord old =
                new VaultRecord(one.vault, List.of(), 2, server.log.get(1).hash());
        VaultRecord other = new VaultRecord(one.vault, List.of(), 3, Digest.sha256(new byte[1]));
        VaultRecord now =
                new VaultRecord(one.vault, List.of(), 3, server.log.get(2).hash());

        VaultStoreTest.assertRefused(StoreException.Why.CONTRADICTION, () -> one.exchange.offerVaults(List.of(old)));
        VaultStoreTest.assertRefused(StoreException.Why.CONTRADICTION, () -> one.exchange.offerVaults(List.of(other)));
        one.exchange.offerVaults(List.of(now));

        assertEquals(List.of(now), one.store.offeredVaults());
    }

    @Test
    void aForkIsNoticedHoweverOldItIs() throws Exception {
        Commit forged = forge(server.log.get(0), person.signing);

        VaultStoreTest.assertRefused(
                StoreException.Why.CONTRADICTION, () -> one.exchange.incoming(one.vault, List.of(forged)));
    }

    @Test
    void commitsThatAreKnownMayComeAgain() throws Exception {
        one.exchange.incoming(one.vault, server.log);

        assertEquals(3, one.exchange.head(one.vault).sequence());
    }

    @Test
    void aCommitThatTheServerMadeItselfIsNotApplied() throws Exception {
        Commit forged;
        try (SigningKey stranger = SigningKey.generate(Device.RANDOM)) {
            forged = forge(server.log.get(0), stranger);
        }
        two.exchange.incoming(two.vault, List.of(forged));
        two.save("mine.txt", "mine");

        VaultStoreTest.assertRefused(StoreException.Why.CONTRADICTION, two.store::applyIncoming);

        assertEquals(List.of("mine.txt"), two.names());
        two.reopen();
        assertEquals(List.of("mine.txt"), two.names());
        VaultStoreTest.assertRefused(
                StoreException.Why.CONTRADICTION, () -> two.exchange.incoming(two.vault, List.of(forged)));
        assertEquals(1, two.exchange.pendingCommits());
    }

    @Test
    void afterAForgedCommitNothingIsTakenUntilTheTrueLogIsShownAgain() throws Exception {
        two.exchange.incoming(two.vault, server.log.subList(0, 1));
        two.save("mine.txt", "mine");
        Commit forged;
        try (SigningKey stranger = SigningKey.generate(Device.RANDOM)) {
            forged = forge(server.log.get(1), stranger);
        }
        two.exchange.incoming(two.vault, List.of(forged));

        VaultStoreTest.assertRefused(StoreException.Why.CONTRADICTION, two.store::applyIncoming);

        assertEquals(List.of("a.txt", "mine.txt"), two.names(), "what came before it holds");
        assertEquals(1, two.exchange.head(two.vault).sequence());
        VaultStoreTest.assertRefused(
                StoreException.Why.CONTRADICTION, () -> two.exchange.incoming(two.vault, List.of(forged)));
        assertEquals(1, two.exchange.head(two.vault).sequence());
        two.reopen();

        assertTrue(server.sync(two.exchange, two.vault) || two.store.applyIncoming());
        server.sync(two.exchange, two.vault);

        assertEquals(List.of("a.txt", "b.txt", "c.txt", "mine.txt"), two.names());
        assertEquals(0, two.exchange.pendingCommits());
        assertEquals(List.of(), two.store.verify(true, VerifyWatch.NONE).damages());
        server.pull(one.exchange, one.vault);
        one.store.applyIncoming();
        assertEquals("mine", one.read("mine.txt"));
    }

    @Test
    void whatIsDamagedOrMissingInTheInboxIsFetchedAgainAndNotHeldAgainstTheServer() throws Exception {
        for (String damage : List.of(
                "UPDATE inbox SET encoded = zeroblob(40) WHERE sequence = 2",
                "DELETE FROM inbox WHERE sequence = 2",
                "DELETE FROM inbox WHERE sequence >= 2",
                "DELETE FROM inbox")) {
            try (Device device = new Device(folder.resolve("damage" + damage.hashCode()), person, "three")) {
                device.exchange.incoming(device.vault, server.log);
                damage(device, damage);

                device.store.applyIncoming();
                server.sync(device.exchange, device.vault);
                device.store.applyIncoming();

                assertEquals(List.of("a.txt", "b.txt", "c.txt"), device.names(), damage);
                assertEquals(
                        List.of(), device.store.verify(true, VerifyWatch.NONE).damages(), damage);
            }
        }
    }

    private static void damage(Device device, String statement) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + Database.file(device.folder));
                var damaging = connection.createStatement()) {
            damaging.executeUpdate(statement);
        }
    }

    @Test
    void aChunkWithOtherBytesIsNoticedWhenItIsRead() throws Exception {
        server.chunks.replaceAll((id, bytes) -> new byte[bytes.length]);
        server.sync(two.exchange, two.vault);
        two.store.applyIncoming();

        assertEquals(List.of("a.txt", "b.txt", "c.txt"), two.names());
        assertEquals(3, two.store.verify(true, VerifyWatch.NONE).damages().size());
    }

    @Test
    void aChunkThatTheServerLostIsNotAskedForAgain() throws Exception {
        server.chunks.clear();
        server.sync(two.exchange, two.vault);
        two.store.applyIncoming();

        assertEquals(List.of(), two.exchange.chunksToFetch(two.vault, 10));
        assertFalse(two.documents.find("a.txt").local());
    }

    @Test
    void nothingGoesOutBeforeWhatCameInWasApplied() throws Exception {
        two.save("mine.txt", "mine");
        two.exchange.incoming(two.vault, server.log);

        assertTrue(two.exchange.outgoing(two.vault).isEmpty());
        assertEquals(1, two.exchange.pendingCommits());

        two.store.applyIncoming();

        assertEquals(
                4,
                two.exchange
                        .outgoing(two.vault)
                        .orElseThrow()
                        .unverifiedHeader()
                        .sequence());
    }

    @Test
    void vaultsThatTheWindowHasNotOpenedAreKnown() throws Exception {
        Id other = Id.random(Device.RANDOM);
        one.exchange.offerVaults(List.of(new VaultRecord(other, List.of(), 0, Digest.ZERO)));

        assertEquals(java.util.Set.of(one.vault, other), java.util.Set.copyOf(one.exchange.vaults()));
    }

    /// Another commit in the same place.
    private Commit forge(Commit original, SigningKey key) throws Exception {
        CommitHeader header = original.unverifiedHeader();
        byte[] body = original.body().clone();
        body[20] ^= 1;
        return Commit.of(
                new CommitHeader(
                        header.vault(),
                        header.sequence(),
                        header.parent(),
                        header.epoch(),
                        header.person(),
                        header.device(),
                        Digest.sha256(body),
                        header.chunks()),
                body,
                key);
    }
}
