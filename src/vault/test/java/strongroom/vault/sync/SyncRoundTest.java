package strongroom.vault.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VaultRecord;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.StoreException;
import strongroom.vault.sync.SyncException.Why;

class SyncRoundTest {
    private final SecureRandom random = new SecureRandom();
    private final SigningKey author = SigningKey.generate(random);
    private final Id vault = Id.random(random);
    private final Id person = Id.random(random);
    private final MemorySyncServer server = new MemorySyncServer();
    private final MemoryExchange exchange = new MemoryExchange();
    private final List<Id> changed = new ArrayList<>();

    @BeforeEach
    void makeVault() {
        server.vault(vault);
    }

    private Commit commit(long sequence, Digest parent, Map<Digest, byte[]> chunks) throws Exception {
        byte[] body = new byte[40];
        random.nextBytes(body);
        CommitHeader header = new CommitHeader(
                vault,
                sequence,
                parent,
                1,
                person,
                Id.random(random),
                Digest.sha256(body),
                List.copyOf(chunks.keySet()));
        return Commit.of(header, body, author);
    }

    private Map<Digest, byte[]> chunks(int count) {
        Map<Digest, byte[]> chunks = new HashMap<>();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[100];
            random.nextBytes(content);
            chunks.put(Digest.sha256(content), content);
        }
        return chunks;
    }

    /// Commits as another device would have made them, at the server with their chunks.
    private void remote(int count) throws Exception {
        List<Commit> log = server.logs.get(vault);
        for (int i = 0; i < count; i++) {
            Map<Digest, byte[]> content = chunks(1);
            server.chunks.putAll(content);
            Digest parent = log.isEmpty() ? Digest.ZERO : log.getLast().hash();
            log.add(commit(log.size() + 1, parent, content));
        }
    }

    private void run() throws Exception {
        ChunkTransfer transfer = new ChunkTransfer(server, exchange, (up, down) -> {});
        new SyncRound(server, exchange, transfer, changed::add).run();
    }

    private SyncException refused() {
        return assertThrows(SyncException.class, this::run);
    }

    @Test
    void chunksGoUpBeforeTheCommitThatNamesThem() throws Exception {
        Map<Digest, byte[]> content = chunks(100);
        exchange.local(vault, commit(1, Digest.ZERO, content), content);

        run();

        assertEquals(100, server.chunks.size());
        assertEquals(1, server.logs.get(vault).size());
        assertEquals(0, exchange.pendingCommits());
        assertEquals(1, exchange.head(vault).sequence());
    }

    @Test
    void commitsAndChunksOfOthersComeDown() throws Exception {
        remote(10);

        run();

        assertEquals(10, exchange.inbox.size());
        assertEquals(10, exchange.chunks.size());
        assertTrue(changed.contains(vault));
    }

    @Test
    void aChangeOnTopOfAnOldHeadWaitsForTheWindowAndNothingIsLost() throws Exception {
        remote(1);
        run();
        exchange.local(vault, commit(2, exchange.head(vault).hash(), Map.of()), Map.of());
        remote(1);

        run();

        assertEquals(2, exchange.inbox.size());
        assertEquals(1, exchange.pendingCommits());
        assertEquals(2, server.logs.get(vault).size());
    }

    @Test
    void aBreakAtAnyCallIsTakenUpAgain() throws Exception {
        for (int calls = 0; calls < 60; calls++) {
            MemorySyncServer fresh = server;
            Map<Digest, byte[]> content = chunks(8);
            exchange.local(
                    vault,
                    commit(
                            exchange.head(vault).sequence() + 1,
                            exchange.head(vault).hash(),
                            content),
                    content);
            fresh.callsLeft.set(calls % 20);
            try {
                run();
            } catch (SyncException e) {
                assertEquals(Why.OFFLINE, e.why());
            }
            fresh.callsLeft.set(Integer.MAX_VALUE);
            int before = fresh.chunksTaken.get();
            run();
            assertTrue(fresh.chunksTaken.get() - before <= 8);
            assertEquals(0, exchange.pendingCommits());
            assertEquals(calls + 1, server.logs.get(vault).size());
        }
    }

    @Test
    void aCommitWhoseAcceptanceWasLostIsRecognised() throws Exception {
        Commit commit = commit(1, Digest.ZERO, Map.of());
        exchange.local(vault, commit, Map.of());
        server.logs.get(vault).add(commit);

        run();

        assertEquals(0, exchange.pendingCommits());
        assertEquals(0, exchange.inbox.size());
        assertEquals(1, server.logs.get(vault).size());
    }

    @Test
    void chunksThatTheServerLostAreSentAgain() throws Exception {
        Map<Digest, byte[]> content = chunks(3);
        exchange.local(vault, commit(1, Digest.ZERO, content), content);
        exchange.toSend.clear();

        run();

        assertEquals(3, server.chunks.size());
        assertEquals(0, exchange.pendingCommits());
    }

    @Test
    void aServerThatKeepsNoChunkIsAskedAgainInAnotherRoundAndNotCalledALiar() throws Exception {
        Map<Digest, byte[]> content = chunks(3);
        exchange.local(vault, commit(1, Digest.ZERO, content), content);
        MemorySyncServer forgetful = new MemorySyncServer() {
            @Override
            public synchronized void append(Id to, Commit commit) throws SyncException {
                chunks.clear();
                super.append(to, commit);
            }
        };
        forgetful.logs.putAll(server.logs);

        ChunkTransfer transfer = new ChunkTransfer(forgetful, exchange, (up, down) -> {});
        SyncRound round = new SyncRound(forgetful, exchange, transfer, changed::add);
        SyncException refused = assertThrows(SyncException.class, round::run);

        assertEquals(Why.REFUSED, refused.why());
        assertEquals(Refusal.CHUNK_MISSING, refused.refusal());
        assertEquals(1, exchange.pendingCommits());
        run();
        assertEquals(3, server.chunks.size());
        assertEquals(0, exchange.pendingCommits());
    }

    /// A window that works meanwhile makes a change between the sending of chunks and the sending of commits.
    @Test
    void aChangeThatIsMadeDuringARoundIsSentWithItsChunks() throws Exception {
        Map<Digest, byte[]> early = chunks(2);
        Commit first = commit(1, Digest.ZERO, early);
        exchange.local(vault, first, early);
        Map<Digest, byte[]> late = chunks(2);
        Commit second = commit(2, first.hash(), late);
        MemorySyncServer busy = new MemorySyncServer() {
            @Override
            public synchronized void append(Id to, Commit commit) throws SyncException {
                super.append(to, commit);
                if (commit.equals(first)) {
                    exchange.local(vault, second, late);
                }
            }
        };
        busy.logs.putAll(server.logs);

        new SyncRound(busy, exchange, new ChunkTransfer(busy, exchange, (up, down) -> {}), changed::add).run();

        assertEquals(List.of(first, second), busy.logs.get(vault));
        assertEquals(4, busy.chunks.size());
        assertEquals(0, exchange.pendingCommits());
    }

    /// What is older than the last commit that was taken or sent would look like a server that went back.
    @Test
    void theListOfVaultsIsAskedForAfterTheLastCommitThatWasTakenOrSent() throws Exception {
        List<String> calls = new ArrayList<>();
        MemorySyncServer listening = new MemorySyncServer() {
            @Override
            public synchronized List<VaultRecord> vaults() throws SyncException {
                calls.add("asked");
                return super.vaults();
            }
        };
        listening.logs.putAll(server.logs);
        MemoryExchange noting = new MemoryExchange() {
            @Override
            public synchronized void offerVaults(List<VaultRecord> offered) throws StoreException {
                calls.add("offered");
                super.offerVaults(offered);
            }

            @Override
            public synchronized void accepted(Id of, Commit commit) throws StoreException {
                calls.add("moved");
                super.accepted(of, commit);
            }

            @Override
            public synchronized void incoming(Id of, List<Commit> commits) throws StoreException {
                calls.add("moved");
                super.incoming(of, commits);
            }
        };

        for (int round = 0; round < 3; round++) {
            remote(4);
            Exchange.Head last = new Exchange.Head(
                    server.logs.get(vault).size(),
                    server.logs.get(vault).getLast().hash());
            noting.local(vault, commit(last.sequence() + 1, last.hash(), Map.of()), Map.of());
            ChunkTransfer transfer = new ChunkTransfer(listening, noting, (up, down) -> {});
            new SyncRound(listening, noting, transfer, changed::add).run();
        }

        assertEquals(0, noting.pendingCommits());
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).equals("offered")) {
                assertEquals("asked", calls.get(i - 1), calls::toString);
            }
        }
        assertEquals(3, calls.stream().filter("offered"::equals).count());
    }

    @Test
    void aDamagedChunkHoldsBackItsCommitOnly() throws Exception {
        Map<Digest, byte[]> content = chunks(10);
        exchange.local(vault, commit(1, Digest.ZERO, content), content);
        exchange.damaged.add(content.keySet().iterator().next());
        Id other = Id.random(random);
        server.vault(other);

        assertEquals(Why.STORE, refused().why());
        assertEquals(9, server.chunks.size());
        assertEquals(1, exchange.pendingCommits());
        assertEquals(0, server.logs.get(vault).size());
    }

    @Test
    void anOlderStateIsAContradictionAndNothingIsSent() throws Exception {
        remote(3);
        run();
        server.logs.get(vault).removeLast();
        exchange.local(vault, commit(4, exchange.head(vault).hash(), Map.of()), Map.of());

        assertEquals(Why.CONTRADICTS, refused().why());
        assertEquals(2, server.logs.get(vault).size());
        assertEquals(3, exchange.inbox.size());
        assertEquals(1, exchange.pendingCommits());
    }

    @Test
    void anEmptyServerIsAContradictionAndNothingIsDeleted() throws Exception {
        remote(3);
        run();
        server.logs.clear();

        assertEquals(Why.CONTRADICTS, refused().why());
        assertEquals(3, exchange.head(vault).sequence());
        assertEquals(3, exchange.chunks.size());
    }

    @Test
    void anotherHistoryOfTheSameLengthIsAContradiction() throws Exception {
        remote(2);
        run();
        server.logs.get(vault).clear();
        remote(2);

        assertEquals(Why.CONTRADICTS, refused().why());
    }

    @Test
    void anotherHistoryThatIsLongerIsFoundByTheChain() throws Exception {
        remote(2);
        run();
        server.logs.get(vault).clear();
        remote(4);

        StoreException refused = assertThrows(StoreException.class, this::run);
        assertEquals(StoreException.Why.CONTRADICTION, refused.why());
        assertEquals(2, exchange.head(vault).sequence());
    }

    @Test
    void changesThatAreAnnouncedAndWithheldAreAContradiction() throws Exception {
        remote(2);
        MemorySyncServer withholding = new MemorySyncServer() {
            @Override
            public synchronized List<Commit> commits(Id of, long after) {
                return List.of();
            }
        };
        withholding.logs.putAll(server.logs);

        ChunkTransfer transfer = new ChunkTransfer(withholding, exchange, (up, down) -> {});
        SyncRound round = new SyncRound(withholding, exchange, transfer, changed::add);

        assertEquals(
                Why.CONTRADICTS, assertThrows(SyncException.class, round::run).why());
    }
}
