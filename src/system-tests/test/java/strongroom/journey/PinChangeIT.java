package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A changed PIN is the only one: in a TPM, in a keyring, and without either.
class PinChangeIT extends InOneOffice {
    private static final String BEFORE = "blue kettle 42";
    private static final String AFTER = "green kettle 43";
    private static final int WRONG_PIN = 5;
    private static final int SEAL_LOST = 33;
    private static final int PIN_REFUSED = 28;

    private byte[] slot = {};

    @Test
    void inATpmAnEarlierCopyOfTheSlotOpensNothing() throws IOException, InterruptedException {
        try (TpmEmulator tpm = TpmEmulator.start(Files.createDirectory(folder.resolve("t")));
                Client client = Client.in(folder, "in-a-tpm", tpm.address())) {
            enrolAndChange(client, "hardware");
            assertAnEarlierCopyOpensNothing(client);
        }
    }

    @Test
    void inAKeyringAnEarlierCopyOfTheSlotOpensNothing() throws IOException, InterruptedException {
        try (KeyringDaemon keyring = KeyringDaemon.start(folder);
                Client client = Client.in(folder, "in-a-keyring", "none", keyring.environment())) {
            enrolAndChange(client, "keystore");
            assertAnEarlierCopyOpensNothing(client);
        }
    }

    @Test
    void withoutEitherTheNewPassphraseTakesThePlaceOfTheOldOne() throws IOException, InterruptedException {
        try (Client client = Client.in(folder, "alone", "none")) {
            enrolAndChange(client, "passphrase");
            Refused.with(PIN_REFUSED, client.say(AFTER + "\nshort", "pin"));
            Refused.with(PIN_REFUSED, client.say(AFTER + "\n" + AFTER, "pin"));
            assertEquals("kept", client.run(AFTER, "cat", "a.txt"));
        }
    }

    private void enrolAndChange(Client client, String assurance) throws IOException, InterruptedException {
        client.enrol(office, "Person of " + client.home().getFileName(), BEFORE);
        assertTrue(client.run(BEFORE, "status", "--json").contains("\"assurance\":\"" + assurance + "\""));
        client.run(
                BEFORE,
                "add",
                Files.writeString(folder.resolve("a.txt"), "kept").toString());
        slot = Files.readAllBytes(slotOf(client));

        Refused.with(WRONG_PIN, client.say(AFTER + "\n" + AFTER + "!", "pin"));
        client.run(BEFORE + "\n" + AFTER, "pin");

        Refused.with(WRONG_PIN, client.say(BEFORE, "cat", "a.txt"));
        assertEquals("kept", client.run(AFTER, "cat", "a.txt"));
        assertTrue(Files.notExists(slotOf(client).resolveSibling("retired.slot")));
    }

    private void assertAnEarlierCopyOpensNothing(Client client) throws IOException, InterruptedException {
        byte[] now = Files.readAllBytes(slotOf(client));
        Files.write(slotOf(client), slot);

        Refused.with(SEAL_LOST, client.say(BEFORE, "ls"));

        Files.write(slotOf(client), now);
        assertEquals("kept", client.run(AFTER, "cat", "a.txt"));
    }

    private static Path slotOf(Client client) {
        return client.home().resolve("slots").resolve("daily.slot");
    }
}
