package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an administrator lays down for PINs holds on a laptop with a TPM: before it enrols, afterwards, and up to the
/// last wrong PIN.
class PinPolicyIT extends InOneOffice {
    private static final String SHORT = "kettle 4";
    private static final String PIN = "blue kettle 42";
    private static final String LONGER = "green kettle 43, and more";
    private static final String WRONG = "black kettle 44, and more";
    private static final int WRONG_PIN = 5;
    private static final int WIPED = 18;
    private static final int PIN_REFUSED = 28;
    private static final int SEAL_LOST = 33;
    private static final int NEW_PIN_NEEDED = 35;

    @Test
    void aPinIsAsLongAndAsYoungAsTheOrganisationWantsItAndAtTheLastWrongOneTheKeysAreGone()
            throws IOException, InterruptedException {
        office.admin("pin", "--shortest", "10");
        try (TpmEmulator tpm = TpmEmulator.start(Files.createDirectory(folder.resolve("t")));
                Client client = Client.in(folder, "laptop", tpm.address())) {
            tpm.allow(31);
            String code = office.enrolCode("Anna Keller");
            Client.Said tooShort =
                    client.say(SHORT, "enrol", "--server", office.url(), "--code", code, "--name", "laptop");
            Refused.with(
                    PIN_REFUSED,
                    new Client.Said(tooShort.exit(), "", tooShort.errors().subList(1, 2)));
            client.run(PIN, "enrol", "--server", office.url(), "--code", code, "--name", "laptop");

            tooShortSinceThePolicyChanged(client);
            tooOld(client);
            destroyed(client);
        }
    }

    private static void tooShortSinceThePolicyChanged(Client client) throws IOException, InterruptedException {
        lay(client, "--shortest", "20", "--longest-age", "30");
        Refused.with(NEW_PIN_NEEDED, client.say(PIN, "ls"));
        Refused.with(PIN_REFUSED, client.say(PIN + "\n" + PIN + "!", "pin"));

        client.run(PIN + "\n" + LONGER, "pin");

        client.run(LONGER, "ls");
    }

    private static void tooOld(Client client) throws IOException, InterruptedException {
        assertEquals(NEW_PIN_NEEDED, openedAt(client, "+31d"));
        // What this home has seen, it remembers: a clock that is set back makes the PIN no younger.
        Refused.with(NEW_PIN_NEEDED, client.say(LONGER, "ls"));

        client.run(LONGER + "\n" + PIN + PIN, "pin");
    }

    private static void destroyed(Client client) throws IOException, InterruptedException {
        lay(client, "--destroy-after", "5");
        Path copy = TempFolder.copy(client.home(), folder.resolve("copy"));
        for (int left = 4; left > 0; left--) {
            Client.Said wrong = client.say(WRONG, "ls");
            Refused.with(WRONG_PIN, wrong);
            assertTrue(wrong.toString().contains("before this device destroys its keys: " + left), wrong::toString);
        }

        Refused.with(WIPED, client.say(WRONG, "ls"));

        Refused.with(WIPED, client.say(PIN + PIN, "ls"));
        awaitWiped(client);
        // The copy of the folder has a count of its own, the right PIN, and no part in the TPM any more.
        try (Client thief = Client.in(folder, "copy", client.tpm())) {
            assertEquals(copy, thief.home());
            Refused.with(SEAL_LOST, thief.say(PIN + PIN, "ls"));
        }
        String receipts = office.admin("receipts");
        assertTrue(receipts.contains("KEYS DESTROYED BY ITSELF"), receipts);
        assertTrue(receipts.contains("after 5 wrong PINs"), receipts);
        assertTrue(receipts.contains("destroyed: seals of this machine: 1"), receipts);
    }

    /// An administrator lays it down, and waits until the laptop, whose agent runs, has heard of it.
    private static void lay(Client client, String... rule) throws IOException, InterruptedException {
        Path kept = client.home().resolve("identity").resolve("pin.policy");
        byte[] before = Files.readAllBytes(kept);
        List<String> words = new ArrayList<>(List.of("pin"));
        words.addAll(List.of(rule));
        office.admin(words.toArray(String[]::new));
        Deadline deadline = Deadline.in(60, "the laptop hears of no policy");
        while (Arrays.equals(before, Files.readAllBytes(kept))) {
            deadline.pause();
        }
    }

    private static void awaitWiped(Client client) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(60, "the server does not hear of it");
        while (!office.admin("devices").contains("WIPED")) {
            deadline.pause();
        }
        assertTrue(Files.notExists(client.home().resolve("slots")));
        assertTrue(Files.notExists(client.home().resolve("store")));
    }

    /// Unlocks in a process whose clock is wrong. @return its exit code
    private static int openedAt(Client client, String offset) throws IOException, InterruptedException {
        try (Client.Batch session = client.batch(LONGER, List.of("faketime", "-m", "-f", offset))) {
            session.ask("verify");
            return session.end();
        }
    }
}
