package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;

/// An agent that is killed in the middle of a wipe. One laptop is enrolled; each trial works on a copy of its home,
/// which to the server is the same laptop, so that a kill costs no enrolment. `-Dstrongroom.kills=50` kills so
/// many.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WipeKillIT {
    private static final int KILLS = Integer.getInteger("strongroom.kills", 12);
    private static final String PASSPHRASE = "eleven green bottles";
    private static final int DOCUMENTS = 300;
    private static final int WIPED = 18;

    private static Path folder;
    private static Office office;
    private static Path home;

    @BeforeAll
    static void oneLaptopWithAnOrder() throws IOException, InterruptedException {
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
        Path documents = Files.createDirectory(folder.resolve("documents"));
        for (int i = 0; i < DOCUMENTS; i++) {
            Files.writeString(documents.resolve("letter " + i), "letter " + i);
        }
        try (Client laptop = Client.in(folder, "laptop", "none")) {
            home = laptop.home();
            laptop.enrol(office, "Anna Keller", PASSPHRASE);
            laptop.run(PASSPHRASE, "add", documents.toString());
            laptop.run(PASSPHRASE, "sync");
        }
        office.admin("wipe", "laptop", "--reason", "Left on a train", "--yes");
    }

    @AfterAll
    static void end() throws IOException {
        office.close();
        TempFolder.remove(folder);
    }

    /// First, while no other test has brought a receipt to the server.
    @Test
    @Order(1)
    void whateverStartsAfterAKillFinishesTheWipeBeforeAnythingElse() throws IOException, InterruptedException {
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("WipeKillIT: -Dstrongroom.seed=" + seed);
        Random random = new Random(seed);
        int longest = undisturbed();

        int interrupted = 0;
        for (int trial = 0; trial < KILLS; trial++) {
            Path copy = TempFolder.copy(home, folder.resolve("k" + trial));
            try (Client client = Client.in(folder, "k" + trial, "none")) {
                killAfter(copy, random.nextInt(longest));
                boolean open = !WipedFolder.isDelivered(copy);
                interrupted += open ? 1 : 0;

                Client.Said said = client.say(PASSPHRASE, "ls");

                assertEquals(WIPED, said.exit(), said::toString);
                WipedFolder.holdsNoVault(copy);
                finish(copy);
            }
        }
        assertTrue(interrupted > KILLS / 3, "only " + interrupted + " kills were in time");
        assertTrue(office.admin("receipts").contains("DONE"));
    }

    /// @return how many milliseconds a wipe takes here, from its first mark on the disk to its last
    private static int undisturbed() throws IOException, InterruptedException {
        Path copy = TempFolder.copy(home, folder.resolve("u"));
        try (Child _ = agent(copy)) {
            awaitBegun(copy);
            long begun = System.nanoTime();
            WipedFolder.awaitDelivered(copy);
            WipedFolder.isEmpty(copy);
            return 1 + (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        }
    }

    private static void killAfter(Path copy, int milliseconds) throws IOException, InterruptedException {
        try (Child agent = agent(copy)) {
            awaitBegun(copy);
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            agent.kill();
        }
    }

    private static void awaitBegun(Path copy) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(60, "no wipe was begun");
        while (!Files.exists(copy.resolve("wipe.journal")) && !Files.exists(copy.resolve("wiped.notice"))) {
            deadline.pause();
        }
    }

    /// Lets an agent deliver what is left to be delivered.
    private static void finish(Path copy) throws IOException, InterruptedException {
        try (Child _ = agent(copy)) {
            WipedFolder.awaitDelivered(copy);
        }
        WipedFolder.isEmpty(copy);
    }

    private static Child agent(Path of) throws IOException {
        return Child.start(
                "agent",
                folder.resolve("agents.log"),
                Map.of(),
                Child.java(
                        "strongroom.vault.agent.AgentMain",
                        List.of("-XX:TieredStopAtLevel=1"),
                        List.of("--home", of.toString(), "--tpm", "none")));
    }

    @Test
    @Order(2)
    void theWipedScreenHearsByItselfThatTheReceiptHasArrived()
            throws IOException, InterruptedException, ClientException {
        String port = office.devicePort();
        Path copy = TempFolder.copy(home, folder.resolve("w"));
        killAfter(copy, 0);
        office.stop();

        BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
        try (Client _ = Client.in(folder, "w", "none");
                VaultClient window = VaultClients.open(copy, "none")) {
            window.onState(states::add);
            assertFalse(nextWiped(states).notice().receiptDelivered());

            office.start(port);

            ClientState.Wiped told = nextWiped(states);
            while (!told.notice().receiptDelivered()) {
                told = nextWiped(states);
            }
            assertEquals("Left on a train", told.notice().reason());
        }
        WipedFolder.awaitDelivered(copy);
    }

    private static ClientState.Wiped nextWiped(BlockingQueue<ClientState> states) throws InterruptedException {
        ClientState next = states.poll(120, TimeUnit.SECONDS);
        assertNotNull(next, "the window was told nothing more");
        return assertInstanceOf(ClientState.Wiped.class, next);
    }
}
