package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.journey.Client.Said;
import strongroom.protocol.Id;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;

/// Wipe orders against real agents, a real server and real files: they work whatever the laptop is doing, and
/// nothing but a valid one does.
class WipeIT {
    private static final String PASSPHRASE = "eleven green bottles";
    private static final int WIPED = 18;
    private static final int FROZEN = 19;
    private static final Pattern DEVICE = Pattern.compile("\"device\":\"([0-9a-f]{32})\"");

    private Path folder;
    private Office office;
    private Client client;

    @BeforeEach
    void oneLaptop() throws IOException, InterruptedException {
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
        client = Client.in(folder, "laptop", "none");
        client.enrol(office, "Anna Keller", PASSPHRASE);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        office.close();
        TempFolder.remove(folder);
    }

    @Test
    void aLockedLaptopWithNoWindowOpenIsWipedAndItsReceiptArrives() throws IOException, InterruptedException {
        client.run(PASSPHRASE, "add", text("plan.txt", "to the north building").toString());
        client.run(PASSPHRASE, "sync");
        client.awaitAgent();

        order("wipe", "laptop");

        WipedFolder.awaitDelivered(client.home());
        WipedFolder.isEmpty(client.home());
        String receipts = office.admin("receipts");
        assertTrue(receipts.contains("DONE"), receipts);
        assertTrue(receipts.contains("key slots"), receipts);
        Refused.with(WIPED, client.say(PASSPHRASE, "ls"));
        assertTrue(client.run(PASSPHRASE, "status", "--json").contains("\"state\":\"wiped\""));
    }

    @Test
    void aWipeComesThroughWhileDocumentsAreOnTheirWay() throws IOException, InterruptedException {
        client.run(PASSPHRASE, "sync");
        String port = office.devicePort();
        office.stop();
        byte[] content = new byte[16 << 20];
        new Random(1).nextBytes(content);
        Path film = Files.write(folder.resolve("film.bin"), content);
        try (Client.Batch session = client.batch(PASSPHRASE)) {
            assertTrue(session.ask("add " + film).orElse("").contains("film.bin"));
            String moved = office.start("0");
            try (SlowLine _ = SlowLine.lay(port, moved, 256)) {
                awaitChunks();

                order("wipe", "laptop");

                WipedFolder.awaitDelivered(client.home());
            }
            String answer = session.ask("ls").orElse("");
            assertTrue(answer.isEmpty() || answer.contains("\"problem\""), answer);
        }
        WipedFolder.isEmpty(client.home());
        assertTrue(office.admin("receipts").contains("DONE"));
        assertTrue(bytesAtTheServer() < content.length, "everything had been sent already, so nothing was shown");
    }

    private void awaitChunks() throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(120, "no part of the document reached the server");
        while (bytesAtTheServer() == 0) {
            deadline.pause();
        }
    }

    private long bytesAtTheServer() throws IOException {
        while (true) {
            try (Stream<Path> files = Files.walk(office.folder().resolve("chunks"))) {
                // In a folder of the first two digits of 64.
                return files.filter(file -> String.valueOf(file.getFileName()).matches("[0-9a-f]{62}"))
                        .mapToLong(file -> file.toFile().length())
                        .sum();
            } catch (UncheckedIOException changing) {
                // One that comes in was renamed at this moment: counted again.
            }
        }
    }

    @Test
    void whatIsNoValidOrderForThisDeviceDestroysNothing()
            throws IOException, InterruptedException, SQLException, MalformedException, Signer.SigningException {
        client.run(PASSPHRASE, "add", text("plan.txt", "to the north building").toString());
        try (Client neighbour = Client.in(folder, "neighbour", "none")) {
            neighbour.enrol(office, "Jonas Brandt", PASSPHRASE);
            Id device = idOf(client);
            Id other = idOf(neighbour);
            order("freeze", "laptop");
            client.run(PASSPHRASE, "status");
            awaitExit(FROZEN);
            order("thaw", "laptop");
            awaitExit(0);

            BadOrders orders = new BadOrders(office.folder());
            try (Office foreign = Office.open(Files.createDirectory(folder.resolve("f")), "Other AG")) {
                int served = orders.serve(device, other, office.administrator(), foreign.administrator());
                assertEquals(7, served, "five bad orders and two that were obeyed before");
            }
            assertTrue(client.run(PASSPHRASE, "sync").contains("Up to date"));
            assertTrue(orders.wereFetched(), "the device never saw the bad orders");
            assertEquals("to the north building", client.run(PASSPHRASE, "cat", "plan.txt"));
            assertTrue(client.run(PASSPHRASE, "verify", "--read-data").contains("Nothing is damaged"));

            // The same way, a genuine one: it was the orders that were bad, not the way.
            order("wipe", "laptop");
            WipedFolder.awaitDelivered(client.home());
            assertTrue(neighbour.run(PASSPHRASE, "status", "--json").contains("\"state\":\"enrolled\""));
        }
    }

    private static Id idOf(Client client) throws IOException, InterruptedException, MalformedException {
        Matcher device = DEVICE.matcher(client.run(PASSPHRASE, "status", "--json"));
        assertTrue(device.find());
        return Id.parse(device.group(1));
    }

    /// Orders reach an agent by themselves; how soon is not this test's subject.
    private void awaitExit(int exit) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(60, "the order did not take effect");
        Said said = client.say(PASSPHRASE, "ls");
        while (said.exit() != exit) {
            deadline.pause();
            said = client.say(PASSPHRASE, "ls");
        }
    }

    private void order(String what, String device) throws IOException, InterruptedException {
        if ("wipe".equals(what)) {
            office.admin("wipe", device, "--reason", "Left on a train", "--yes");
        } else {
            office.admin(what, device, "--reason", "Wait");
        }
    }

    private Path text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
