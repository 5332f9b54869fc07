package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `kill -9` at random moments while documents are added and sent: what was reported as added is kept, and arrives.
/// `-Dstrongroom.kills=50` kills so many.
class SyncKillIT {
    private static final int KILLS = Integer.getInteger("strongroom.kills", 20);
    private static final int LONGEST_WAIT = 400;
    private static final String PASSPHRASE = "eleven green bottles";

    /// What a round ends.
    private enum Victim {
        AGENT,
        SESSION,
        SERVER
    }

    private Path folder;
    private Office office;
    private Client first;
    private Client second;
    private Client.Batch session;
    private Random random;
    private final Map<String, byte[]> added = new TreeMap<>();

    @BeforeEach
    void twoDevicesOfOnePerson() throws IOException, InterruptedException {
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("SyncKillIT: -Dstrongroom.seed=" + seed);
        random = new Random(seed);
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
        first = Client.in(folder, "a", "none");
        second = Client.in(folder, "b", "none");
        first.enrol(office, "Anna Keller", PASSPHRASE);
        second.enrol(office, "Anna Keller", PASSPHRASE);
        first.approve(PASSPHRASE);
        session = first.batch(PASSPHRASE);
        session.ask("mkdir begun");
    }

    @AfterEach
    void end() throws IOException {
        session.close();
        first.close();
        second.close();
        office.close();
        TempFolder.remove(folder);
    }

    @Test
    void whatWasReportedAsAddedSurvivesKillsAndArrivesAtTheOtherDevice()
            throws IOException, InterruptedException, ExecutionException {
        String port = office.devicePort();
        for (int round = 0; round < KILLS; round++) {
            round(victim(), port);
        }
        awaitSent();
        assertTrue(session.ask("verify --read-data").orElse("").contains("\"clean\":true"));
        session.end();
        assertTrue(added.size() > KILLS, "only " + added.size() + " documents were added");
        assertTrue(first.run(PASSPHRASE, "status", "--json").contains("\"pending\":0"));

        second.run(PASSPHRASE, "sync");
        holdsEverything(first);
        holdsEverything(second);
    }

    /// The agent that was ended last may still be starting.
    private void awaitSent() throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(120, "not everything was sent");
        while (!session.ask("sync").orElse("").contains("Up to date")) {
            deadline.pause();
        }
    }

    /// The store is sound, and holds what was reported.
    private void isSound() {
        String answer = session.ask("verify").orElse("");
        assertTrue(answer.contains("\"clean\":true"), answer);
    }

    /// Most rounds end the agent, which sends; some the program that adds; some the server.
    private Victim victim() {
        int dice = random.nextInt(20);
        return dice < 14 ? Victim.AGENT : dice < 18 ? Victim.SESSION : Victim.SERVER;
    }

    /// Adds and sends until the kill has struck; then starts again what is gone.
    private void round(Victim victim, String port) throws IOException, InterruptedException, ExecutionException {
        ProcessHandle agent = first.awaitAgent();
        long moment = random.nextInt(LONGEST_WAIT);
        CompletableFuture<Void> kill = CompletableFuture.runAsync(
                () -> strike(victim, agent), CompletableFuture.delayedExecutor(moment, TimeUnit.MILLISECONDS));
        boolean alive = true;
        while (alive && !kill.isDone()) {
            alive = add() && (random.nextInt(3) > 0 || session.ask("sync").isPresent());
        }
        kill.get();
        assertTrue(alive || victim == Victim.SESSION, "the session ended by itself");
        if (victim == Victim.SESSION) {
            session.close();
            session = first.batch(PASSPHRASE);
        }
        if (victim == Victim.SERVER) {
            office.start(port);
        }
        isSound();
    }

    private void strike(Victim victim, ProcessHandle agent) {
        switch (victim) {
            case AGENT -> {
                agent.destroyForcibly();
                agent.onExit().join();
            }
            case SESSION -> session.kill();
            case SERVER -> office.kill();
        }
    }

    /// @return whether the session still answers
    private boolean add() throws IOException {
        String name = "document " + added.size() + "-" + random.nextInt(Integer.MAX_VALUE);
        byte[] content = new byte[random.nextInt(10) == 0 ? 300_000 : 1 + random.nextInt(3000)];
        random.nextBytes(content);
        Path source = Files.write(folder.resolve(name), content);
        Optional<String> answer = session.ask("add '" + source + "'");
        Files.delete(source);
        if (answer.isEmpty() || !answer.get().endsWith("}")) {
            // Cut off: nothing was promised.
            return false;
        }
        assertTrue(answer.get().contains("\"path\""), answer.get());
        added.put(name, content);
        return true;
    }

    private void holdsEverything(Client client) throws IOException, InterruptedException {
        assertTrue(client.run(PASSPHRASE, "verify", "--read-data", "--json").contains("\"clean\":true"));
        Path out = Files.createDirectory(folder.resolve("out-" + client.home().getFileName()));
        client.run(PASSPHRASE, "export", "/", "--to", out.toString());
        for (Map.Entry<String, byte[]> document : added.entrySet()) {
            assertArrayEquals(
                    document.getValue(), Files.readAllBytes(out.resolve(document.getKey())), document.getKey());
        }
    }
}
