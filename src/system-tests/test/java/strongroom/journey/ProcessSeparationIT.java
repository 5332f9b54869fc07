package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who sees what, as the operating system has it: what holds the keys has no network, what has the network never
/// holds clear text.
class ProcessSeparationIT {
    private static final String PASSPHRASE = "eleven green bottles";
    private static final String NAME = "Severance-plan-kq7wz";
    private static final String CONTENT = "the-north-building-goes-to-xv83jd";

    private Path folder;
    private Office office;
    private Client client;

    @BeforeEach
    void oneClient() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
        client = Client.in(folder, "home", "none");
        client.enrol(office, "Anna Keller", PASSPHRASE);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        office.close();
        TempFolder.remove(folder);
    }

    @Test
    void whatOpensTheVaultHasNoNetworkAndWhatHasTheNetworkSeesNoClearText() throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve(NAME + ".txt"), (CONTENT + "\n").repeat(200));
        Path again = Files.writeString(folder.resolve(NAME + "-2.txt"), (CONTENT + ", too\n").repeat(200));
        String port = office.devicePort();
        office.stop();

        try (Trace agent = Trace.attach(client.awaitAgent().pid(), folder.resolve("agent.trace"))) {
            office.start(port);
            Path sockets = folder.resolve("sockets.trace");
            try (Client.Batch session = client.batch(PASSPHRASE, Trace.ofSockets(sockets))) {
                assertTrue(session.ask("add " + source).orElse("").contains(NAME));
                assertTrue(session.ask("search \"" + CONTENT + "\"").orElse("").contains(NAME));
                assertTrue(session.ask("sync").orElse("").contains("Up to date"));
                assertEquals(0, session.end());
            }
            hasNoNetwork(sockets);

            try (Client.Batch session = client.batch(PASSPHRASE)) {
                session.ask("mkdir looked-at");
                try (Trace core = Trace.attach(session.pid(), folder.resolve("core.trace"))) {
                    assertTrue(session.ask("add " + again).orElse("").contains(NAME));
                    // The search finds what it looks for where that must be.
                    assertFalse(core.naming(CONTENT).isEmpty(), "the reading of the source was not seen");
                    assertFalse(core.naming(NAME).isEmpty());
                }
                assertTrue(session.ask("sync").orElse("").contains("Up to date"));
            }
            hasSentCiphertextOnly(agent, port);
        }
    }

    private static void hasNoNetwork(Path sockets) throws IOException {
        List<String> calls = Trace.lines(sockets, line -> line.contains("sa_family=AF_INET"));
        assertEquals(List.of(), calls);
        List<String> local =
                Trace.lines(sockets, line -> line.contains("connect(") && line.contains("sa_family=AF_UNIX"));
        assertFalse(local.isEmpty(), "not even the agent was spoken to, so nothing was seen");
    }

    private static void hasSentCiphertextOnly(Trace agent, String port) throws IOException {
        List<String> connected = agent.lines(line -> line.contains("connect(") && line.contains("htons(" + port + ")"));
        assertFalse(connected.isEmpty(), "the agent did not connect to the server");
        List<String> chunks = agent.lines(line -> line.contains("/store/packs/"));
        assertFalse(chunks.isEmpty(), "the agent sent no chunk");

        assertEquals(List.of(), agent.lines(line -> line.contains("daily.slot")));
        assertEquals(List.of(), agent.naming(CONTENT));
        assertEquals(List.of(), agent.naming(NAME));
    }
}
