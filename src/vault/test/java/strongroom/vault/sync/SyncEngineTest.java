package strongroom.vault.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SigningKey;

/// A server that contradicts itself: nothing is sent to it and everybody is told, until it shows the true log again.
class SyncEngineTest {
    private final SecureRandom random = new SecureRandom();
    private final SigningKey author = SigningKey.generate(random);
    private final Id vault = Id.random(random);
    private final MemorySyncServer server = new MemorySyncServer();
    private final MemoryExchange exchange = new MemoryExchange();
    private final List<SyncStatus> told = new ArrayList<>();
    private SyncEngine engine;

    @BeforeEach
    void start() throws Exception {
        server.vault(vault);
        for (int i = 0; i < 3; i++) {
            server.logs.get(vault).add(next(server.logs.get(vault)));
        }
        SyncEngine.Link link = new SyncEngine.Link() {
            @Override
            public SyncServer connect() {
                return server;
            }

            @Override
            public void listen(EventStream.Listener listener) throws InterruptedException {
                new CountDownLatch(1).await();
            }
        };
        SyncEngine.Listener listener = new SyncEngine.Listener() {
            @Override
            public void status(SyncStatus status) {
                synchronized (told) {
                    told.add(status);
                }
            }

            @Override
            public void inbox(Id changed) {}

            @Override
            public void devices() {}

            @Override
            public void policy() {}

            @Override
            public void contact(SyncServer contacted) {}
        };
        engine = new SyncEngine(link, exchange, asked -> {}, listener, Clock.systemUTC(), new Random(1));
        engine.start();
        assertInstanceOf(SyncStatus.UpToDate.class, engine.syncNow());
    }

    @AfterEach
    void end() {
        engine.close();
    }

    private Commit next(List<Commit> log) throws Exception {
        byte[] body = new byte[40];
        random.nextBytes(body);
        Digest parent = log.isEmpty() ? Digest.ZERO : log.getLast().hash();
        CommitHeader header = new CommitHeader(
                vault, log.size() + 1, parent, 1, Id.random(random), Id.random(random), Digest.sha256(body), List.of());
        return Commit.of(header, body, author);
    }

    /// Makes a change here while the server shows something that cannot be.
    private void refused(List<Commit> shown) throws Exception {
        List<Commit> truth = List.copyOf(server.logs.get(vault));
        exchange.local(vault, next(truth), java.util.Map.of());
        replace(shown);

        SyncStatus.Denied denied = assertInstanceOf(SyncStatus.Denied.class, engine.syncNow());

        assertTrue(denied.contradiction());
        synchronized (told) {
            assertTrue(told.contains(denied));
        }
        assertEquals(shown.size(), server.logs.get(vault).size(), "something was sent");
        assertEquals(1, exchange.pendingCommits());
        assertEquals(3, exchange.inbox.size());

        replace(truth);

        assertInstanceOf(SyncStatus.UpToDate.class, engine.syncNow());
        assertEquals(0, exchange.pendingCommits());
        assertEquals(4, server.logs.get(vault).size());
    }

    private void replace(List<Commit> log) {
        synchronized (server) {
            server.logs.get(vault).clear();
            server.logs.get(vault).addAll(log);
        }
    }

    @Test
    void aServerThatGoesBackIsSentNothingUntilItShowsTheTruth() throws Exception {
        refused(List.copyOf(server.logs.get(vault).subList(0, 2)));
    }

    @Test
    void aServerThatLostEverythingIsSentNothingUntilItShowsTheTruth() throws Exception {
        refused(List.of());
    }

    @Test
    void aServerWithAnotherHistoryIsSentNothingUntilItShowsTheTruth() throws Exception {
        List<Commit> fork = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            fork.add(next(fork));
        }
        refused(fork);
    }
}
