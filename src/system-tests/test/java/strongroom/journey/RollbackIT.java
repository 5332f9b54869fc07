package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import strongroom.journey.Client.Said;

/// A folder that was put back to an older state is told by the TPM; one that was not is never told, wherever the
/// program was killed.
class RollbackIT extends InOneOffice {
    private static final String PIN = "blue kettle 42";

    @Test
    void aFolderThatWasPutBackIsToldUntilItIsNotedAndWorkGoesOn() throws IOException, InterruptedException {
        Path machine = Files.createDirectory(folder.resolve("b"));
        try (TpmEmulator tpm = TpmEmulator.start(machine);
                Client client = Client.in(folder, "set-back", tpm.address())) {
            client.enrol(office, "Anna Keller", PIN);
            assertQuiet(client.say(PIN, "mkdir", "first"));
            assertQuiet(client.say(PIN, "ls"));
            Path copy = copy(client, "set-back-copy");
            assertQuiet(client.say(PIN, "mkdir", "second"));
            assertQuiet(client.say(PIN, "sync"));
            assertFalse(client.run(PIN, "status").contains("Folder:"));

            putBack(client, copy);

            assertTold(client.say(PIN, "ls"), "set back to an older state (from about 20");
            assertTrue(client.run(PIN, "status").contains("set back to an older state"));
            assertTrue(client.run(PIN, "status", "--json").contains("\"folder\":\"set back\""));
            client.run(PIN, "sync");
            Said listed = client.say(PIN, "ls");
            assertTold(listed, "set back");
            assertTrue(listed.out().contains("second"), "what the server has is back");
            assertTrue(client.run(PIN, "noted").contains("Noted"));
            assertQuiet(client.say(PIN, "ls"));
            assertFalse(client.run(PIN, "status").contains("Folder:"));
            assertTrue(client.run(PIN, "noted").contains("nothing to note"));
        }
    }

    @Test
    void killedOnEitherSideOfTheCountingNothingIsToldAndNothingIsLost() throws IOException, InterruptedException {
        Path machine = Files.createDirectory(folder.resolve("k"));
        try (TpmEmulator tpm = TpmEmulator.start(machine);
                HeldTpm held = new HeldTpm(machine);
                Client client = Client.in(folder, "killed", held.address())) {
            client.enrol(office, "Bea Roth", PIN);
            Path copy = copy(client, "killed-copy");
            for (HeldTpm.Side side : HeldTpm.Side.values()) {
                held.hold(side);
                try (Client.Batch session = client.batch(PIN)) {
                    assertTrue(session.ask("mkdir " + side).isPresent());
                    held.await();
                    session.kill();
                } finally {
                    held.end();
                }
                Said listed = client.say(PIN, "ls");
                assertQuiet(listed);
                assertTrue(listed.out().contains(side.name()), listed::toString);
                assertQuiet(client.say(PIN, "mkdir", "after-" + side));
            }

            putBack(client, copy);

            assertTold(client.say(PIN, "ls"), "set back");
            assertTrue(tpm.indices() > 0);
        }
    }

    @Test
    void aCounterThatTheOwnerErasedIsToldAndAnotherOneCountsOn() throws IOException, InterruptedException {
        Path machine = Files.createDirectory(folder.resolve("e"));
        try (TpmEmulator tpm = TpmEmulator.start(machine);
                Client client = Client.in(folder, "erased", tpm.address())) {
            client.enrol(office, "Carl Weber", PIN);
            client.run(PIN, "mkdir", "first");
            int indices = tpm.indices();

            tpm.erase(counter(client));

            assertTold(client.say(PIN, "ls"), "counter in the security chip");
            assertTrue(client.run(PIN, "status", "--json").contains("\"folder\":\"counter lost\""));
            client.run(PIN, "noted");
            assertEquals(indices, tpm.indices());
            assertQuiet(client.say(PIN, "ls"));
            Path copy = copy(client, "erased-copy");
            client.run(PIN, "mkdir", "second");
            putBack(client, copy);
            assertTold(client.say(PIN, "ls"), "set back");
        }
    }

    @Test
    void aWipedDeviceLeavesNothingInTheTpm() throws IOException, InterruptedException {
        Path machine = Files.createDirectory(folder.resolve("w"));
        try (TpmEmulator tpm = TpmEmulator.start(machine);
                Client client = Client.in(folder, "wiped", tpm.address())) {
            client.enrol(office, "Dora Frey", PIN);
            client.run(PIN, "mkdir", "first");
            // Half of the key, the counters of the two keys, and that of the folder.
            assertEquals(4, tpm.indices());

            office.admin("wipe", "wiped", "--reason", "Left on a train", "--yes");

            WipedFolder.awaitDelivered(client.home());
            WipedFolder.isEmpty(client.home());
            assertEquals(0, tpm.indices());
        }
    }

    /// The number of the index in the TPM, from the file that names it in clear.
    private static int counter(Client client) throws IOException {
        byte[] file = Files.readAllBytes(client.home().resolve("slots").resolve("store.counter"));
        return ByteBuffer.wrap(file).getInt(8 + 1 + 4 + 1);
    }

    private static void assertTold(Said said, String words) {
        assertEquals(0, said.exit(), said::toString);
        assertTrue(said.errors().toString().contains(words), said::toString);
    }

    private static void assertQuiet(Said said) {
        assertEquals(0, said.exit(), said::toString);
        assertFalse(said.errors().toString().contains("strongroom noted"), said::toString);
    }

    /// A copy of the home as a backup makes one while nobody has it open.
    private static Path copy(Client client, String name) throws IOException {
        client.endAgent();
        Path copy = folder.resolve(name);
        TempFolder.copy(client.home(), copy);
        return copy;
    }

    private static void putBack(Client client, Path copy) throws IOException {
        client.endAgent();
        TempFolder.remove(client.home());
        TempFolder.copy(copy, client.home());
    }
}
