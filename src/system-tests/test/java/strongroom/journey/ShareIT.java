package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server takes part in unlocking: at each unlock, or once in a while under a lease that the TPM holds to.
class ShareIT {
    private static final String PIN = "blue kettle 42";
    private static final String OTHER = "green kettle 43";
    private static final int WRONG_PIN = 5;
    private static final int TOO_MANY_TRIES = 6;
    private static final int SEAL_LOST = 33;
    private static final int NO_RECOVERY = 34;
    private static final int OFFLINE = 14;
    private static final int DEVICE_REFUSED = 16;

    private Path folder;
    private Office office;

    @BeforeEach
    void anOffice() throws IOException, InterruptedException {
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
    }

    @AfterEach
    void end() throws IOException {
        office.close();
        TempFolder.remove(folder);
    }

    @Test
    void withoutTheServerNothingOpensAndAStolenDiskOffersNothingToTry() throws IOException, InterruptedException {
        office.admin("share", "always");
        try (Client client = Client.in(folder, "laptop", "none")) {
            client.enrol(office, "Anna Keller", PIN);
            client.run(PIN, "mkdir", "Client Brandt");
            assertTrue(Files.readString(slotOf(client), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .startsWith("SRSLOT4"));

            // Frozen: the server answers no more; thawed, it does again.
            office.admin("freeze", "laptop", "--reason", "Lost");
            Client.Said frozen = client.say(PIN, "ls");
            assertTrue(frozen.exit() == DEVICE_REFUSED || frozen.exit() == 19, frozen::toString);
            office.admin("thaw", "laptop");
            awaitOpens(client);

            // The server counts, wherever the folder was copied to.
            Refused.with(WRONG_PIN, client.say(OTHER, "ls"));
            Path copy = TempFolder.copy(client.home(), folder.resolve("copy"));
            try (Client thief = Client.in(folder, "copy", "none")) {
                for (int i = 0; i < 4; i++) {
                    Files.deleteIfExists(copy.resolve("slots").resolve("daily.tries"));
                    Refused.with(WRONG_PIN, thief.say(OTHER + i, "ls"));
                }
                Files.deleteIfExists(copy.resolve("slots").resolve("daily.tries"));
                Refused.with(TOO_MANY_TRIES, thief.say(PIN, "ls"));
            }
        }
    }

    @Test
    void aPolicyReachesALaptopThatHasEnrolledAndIsTakenBack() throws IOException, InterruptedException {
        try (TpmEmulator tpm = TpmEmulator.start(Files.createDirectory(folder.resolve("t")));
                Client client = Client.in(folder, "laptop", tpm.address())) {
            client.enrol(office, "Anna Keller", PIN);
            String port = office.devicePort();
            byte[] alone = Files.readAllBytes(slotOf(client));
            Refused.with(NO_RECOVERY, client.say(PIN, "seal", "--pcrs", "7"));

            office.admin("share", "always");
            client.run(PIN, "sync");
            client.run(PIN, "ls");
            client.run(PIN, "seal", "--pcrs", "7");
            byte[] shared = Files.readAllBytes(slotOf(client));
            client.run(PIN + "\n" + OTHER, "pin");

            // A typing error is told by the TPM, offline too; the right PIN needs the server.
            office.stop();
            Refused.with(WRONG_PIN, client.say(PIN, "ls"));
            Refused.with(OFFLINE, client.say(OTHER, "ls"));
            byte[] now = Files.readAllBytes(slotOf(client));
            office.start(port);
            client.run(OTHER, "ls");

            // Earlier copies open nothing: not the one without the server, not the one with the PIN before.
            for (byte[] earlier : List.of(alone, shared)) {
                Files.write(slotOf(client), earlier);
                Refused.with(SEAL_LOST, client.say(PIN, "ls"));
            }
            Files.write(slotOf(client), now);

            office.admin("share", "off");
            client.run(OTHER, "sync");
            client.run(OTHER, "ls");
            office.stop();
            client.run(OTHER, "ls");
            // What it is bound to stays with the PIN and with the server's part.
            assertTrue(client.run(OTHER, "seal").contains("PCR 7 "));
            tpm.extend(7);
            Refused.with(SEAL_LOST, client.say(OTHER, "ls"));
        }
    }

    @Test
    void aLeaseLetsALaptopGoOfflineForAWhileAndNothingMakesItLonger() throws IOException, InterruptedException {
        office.admin("share", "lease", "--hours", "72", "--restarts", "1");
        Path tpmFolder = Files.createDirectory(folder.resolve("t"));
        TpmEmulator tpm = TpmEmulator.start(tpmFolder);
        try (Client client = Client.in(folder, "laptop", tpm.address())) {
            client.enrol(office, "Anna Keller", PIN);
            String port = office.devicePort();
            awaitLease(client);
            assertTrue(office.admin("devices").contains("offline until"), office.admin("devices"));
            Path early = TempFolder.copy(client.home(), folder.resolve("early"));
            office.stop();

            client.run(PIN, "ls");
            assertEquals(0, openedAt(client, "+70h"));
            assertEquals(OFFLINE, openedAt(client, "+74h"));
            assertEquals(OFFLINE, openedAt(client, "-1d"));

            // One restart is allowed, a second one is not, whatever copy of the folder is put back.
            tpm = restarted(tpm, tpmFolder);
            client.run(PIN, "ls");
            tpm = restarted(tpm, tpmFolder);
            Refused.with(OFFLINE, client.say(PIN, "ls"));
            Files.copy(
                    early.resolve("slots").resolve("daily.lease"),
                    client.home().resolve("slots").resolve("daily.lease"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Refused.with(OFFLINE, client.say(PIN, "ls"));

            // Back in the net it opens, and has a lease again.
            office.start(port);
            client.run(PIN, "ls");
            client.run(PIN, "sync");
            awaitLease(client);
            office.stop();
            client.run(PIN, "ls");
        } finally {
            tpm.close();
        }
    }

    @Test
    void aWipeOrderEndsTheShareBeforeTheLaptopHearsOfIt() throws IOException, InterruptedException {
        office.admin("share", "always");
        try (Client client = Client.in(folder, "laptop", "none")) {
            client.enrol(office, "Anna Keller", PIN);
            // The thief's copy has no net of its own to hear orders by, and asks by another agent.
            client.agent().ifPresent(ProcessHandle::destroy);
            office.admin("wipe", "laptop", "--reason", "Left on a train", "--yes");

            Client.Said said = client.say(PIN, "ls");

            assertFalse(said.exit() == 0, said::toString);
        }
    }

    private static TpmEmulator restarted(TpmEmulator tpm, Path folder) throws IOException, InterruptedException {
        tpm.shutDown();
        return TpmEmulator.start(folder);
    }

    /// Unlocks in a process whose clock is wrong. @return its exit code
    private static int openedAt(Client client, String offset) throws IOException, InterruptedException {
        List<String> wrongClock = List.of("faketime", "-m", "-f", offset);
        try (Client.Batch session = client.batch(PIN, wrongClock)) {
            session.ask("verify");
            return session.end();
        }
    }

    private static void awaitOpens(Client client) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(60, "it does not open again");
        while (client.say(PIN, "ls").exit() != 0) {
            deadline.pause();
        }
    }

    private static void awaitLease(Client client) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(60, "no lease came");
        Path lease = client.home().resolve("slots").resolve("daily.lease");
        while (!Files.exists(lease)) {
            deadline.pause();
        }
    }

    private static Path slotOf(Client client) {
        return client.home().resolve("slots").resolve("daily.slot");
    }
}
