package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import strongroom.journey.Client.Said;

/// A TPM that was cleared or exchanged, a machine that starts in another way and a keyring that forgot everything
/// cost nothing: what happened is said, the printed code opens, and what is sealed anew opens from then on.
class LostSealIT extends InOneOffice {
    private static final String PIN = "blue kettle 42";
    private static final String SECOND = "green kettle 43";
    private static final String THIRD = "white kettle 44";
    private static final int WRONG_PIN = 5;
    private static final int TPM_MISSING = 7;
    private static final int CODE_WRONG = 11;
    private static final int CANCELLED = 29;
    private static final int SEAL_LOST = 33;
    private static final int NO_RECOVERY = 34;

    @Test
    void aTpmThatWasClearedOrIsAnotherOne() throws IOException, InterruptedException {
        Path machine = Files.createDirectory(folder.resolve("t"));
        TpmEmulator tpm = TpmEmulator.start(machine);
        try (Client client = Client.in(folder, "in-a-tpm", tpm.address())) {
            String code = client.enrolWithSheet(office, "Anna Keller", PIN);
            add(client, PIN);
            byte[] before = Files.readAllBytes(daily(client));

            tpm.clear();

            assertLost(client, PIN);
            Said mistyped = open(client, code.substring(0, 12) + "U" + code.substring(13), SECOND);
            assertEquals(CODE_WRONG, mistyped.exit(), mistyped::toString);
            assertTrue(mistyped.toString().contains("Group 3"), mistyped::toString);
            assertEquals(0, open(client, code, SECOND).exit());
            assertOpens(client, SECOND, PIN, "hardware");
            assertStatus(client, "\"enrolment\":\"finished\"");

            // Another main board, and the disk in it.
            tpm.close();
            TempFolder.remove(machine.resolve("state"));
            tpm = TpmEmulator.start(machine);

            assertLost(client, SECOND);
            assertEquals(0, open(client, code, THIRD).exit());
            assertOpens(client, THIRD, SECOND, "hardware");
            assertTrue(client.run(THIRD, "verify", "--read-data").contains("Nothing is damaged"));
            Files.write(daily(client), before);
            assertLost(client, PIN);
        } finally {
            tpm.close();
        }
    }

    @Test
    void aMachineThatIsStartedInAnotherWay() throws IOException, InterruptedException {
        try (TpmEmulator tpm = TpmEmulator.start(Files.createDirectory(folder.resolve("p")));
                Client client = Client.in(folder, "bound", tpm.address())) {
            String code = client.enrolWithSheet(office, "Eva Lang", PIN);
            add(client, PIN);
            assertTrue(client.run(PIN, "seal", "--pcrs", "7,0").contains("PCR 0,7"));
            tpm.extend(8);
            assertEquals("kept", client.run(PIN, "cat", "a.txt"));

            // Secure boot has another list.
            tpm.extend(7);

            int wrong = tpm.wrongEntries();
            Said said = assertLost(client, PIN);
            assertTrue(said.toString().contains("started in another way"), said::toString);
            assertEquals(wrong, tpm.wrongEntries());
            assertEquals(0, open(client, code, SECOND).exit());
            assertOpens(client, SECOND, PIN, "hardware");
            assertTrue(client.run(SECOND, "status", "--json").contains("\"pcrs\":\"0,7\""));
            tpm.extend(0);
            assertLost(client, SECOND);
        }
    }

    @Test
    void aKeyringThatForgotEverything() throws IOException, InterruptedException {
        try (KeyringDaemon keyring = KeyringDaemon.start(folder);
                Client client = Client.in(folder, "in-a-keyring", "none", keyring.environment())) {
            client.enrol(office, "Bea Roth", PIN);
            add(client, PIN);
            String status = client.run(PIN, "status");
            assertTrue(status.contains("one way in only") && status.contains("Enrolment: not finished"), status);
            office.awaitListed("enrolment NOT FINISHED: one way in only");
            String code = client.recoverySheet(PIN);
            assertStatus(client, "\"enrolment\":\"finished\"");
            showsThatItOpens(client, code);
            client.run(PIN, "sync");
            office.awaitListed("its recovery code was shown to open at");

            keyring.forgetEverything();

            assertLost(client, PIN);
            assertEquals(0, open(client, code, SECOND).exit());
            assertOpens(client, SECOND, PIN, "keystore");
        }
    }

    private static void showsThatItOpens(Client client, String code) throws IOException, InterruptedException {
        byte[] slot = Files.readAllBytes(recovery(client));
        Said mistyped = prove(client, "U" + code.substring(1));
        Refused.with(CODE_WRONG, mistyped);
        assertTrue(mistyped.toString().contains("Group 1"), mistyped::toString);
        Said proved = prove(client, code);
        assertEquals(0, proved.exit(), proved::toString);
        assertArrayEquals(slot, Files.readAllBytes(recovery(client)));

        slot[slot.length - 1]++;
        Files.write(recovery(client), slot);
        assertStatus(client, "\"missing\":\"proof of code\"");
        Refused.with(CODE_WRONG, prove(client, code));
        slot[slot.length - 1]--;
        Files.write(recovery(client), slot);
        assertStatus(client, "\"enrolment\":\"finished\"");
    }

    private static Said prove(Client client, String code) throws IOException, InterruptedException {
        return client.say(PIN + "\n" + code, "recovery", "prove");
    }

    private static void assertStatus(Client client, String part) throws IOException, InterruptedException {
        String status = client.run(PIN, "status", "--json");
        assertTrue(status.contains(part), status);
    }

    @Test
    void aTpmThatComesLaterAndOneThatGoes() throws IOException, InterruptedException {
        try (TpmEmulator tpm = TpmEmulator.start(Files.createDirectory(folder.resolve("l")));
                Client without = Client.in(folder, "later", "none")) {
            without.enrol(office, "Carl Weber", PIN);
            add(without, PIN);
            String first = without.recoverySheet(PIN);
            Said untyped = without.say(PIN, "recovery", "sheet");
            assertEquals(CANCELLED, untyped.exit(), untyped::toString);
            Client with = without.withTpm(tpm.address());

            assertEquals("kept", with.run(PIN, "cat", "a.txt"));

            assertOpens(with, PIN, SECOND, "hardware");
            Said gone = without.say(PIN, "ls");
            assertEquals(TPM_MISSING, gone.exit(), gone::toString);
            assertTrue(gone.toString().contains("type the recovery code"), gone::toString);
            assertEquals(0, open(without, first, SECOND).exit());
            assertOpens(without, SECOND, PIN, "passphrase");
        }
    }

    @Test
    void aServerThatTakesPartEndsTheCode() throws IOException, InterruptedException {
        try (Office strict = Office.open(Files.createDirectory(folder.resolve("s")), "Streng AG");
                Client client = Client.in(folder, "strict", "none")) {
            String code = client.enrolWithSheet(strict, "Dora Frey", PIN);
            byte[] slot = Files.readAllBytes(recovery(client));

            strict.admin("share", "always");
            client.run(PIN, "sync");
            client.run(PIN, "ls");

            assertFalse(Files.exists(recovery(client)));
            assertStatus(client, "\"recovery\":\"administrators\"");
            assertStatus(client, "\"missing\":\"keys for administrators\"");
            String shares = folder.resolve("shares").toString();
            strict.admin("recovery", "init", "--shares", "3", "--threshold", "2", "--to", shares);
            client.run(PIN, "sync");
            assertStatus(client, "\"enrolment\":\"finished\"");
            client.run(PIN, "sync");
            strict.awaitListed("the keys were left for administrators");
            Files.write(recovery(client), slot);
            assertEquals(NO_RECOVERY, open(client, code, SECOND).exit());
            Refused.with(NO_RECOVERY, client.say(PIN, "recovery", "sheet"));
        }
    }

    private static void add(Client client, String pin) throws IOException, InterruptedException {
        client.run(
                pin, "add", Files.writeString(folder.resolve("a.txt"), "kept").toString());
    }

    private static Said open(Client client, String code, String pin) throws IOException, InterruptedException {
        return client.say(code + "\n" + pin, "recovery", "open", "--code-stdin");
    }

    private static Said assertLost(Client client, String pin) throws IOException, InterruptedException {
        Said said = client.say(pin, "ls");
        Refused.with(SEAL_LOST, said);
        assertTrue(said.toString().contains("type the recovery code of sheet"), said::toString);
        return said;
    }

    private static void assertOpens(Client client, String pin, String before, String assurance)
            throws IOException, InterruptedException {
        Refused.with(WRONG_PIN, client.say(before, "ls"));
        assertEquals("kept", client.run(pin, "cat", "a.txt"));
        String status = client.run(pin, "status", "--json");
        assertTrue(status.contains("\"assurance\":\"" + assurance + "\""), status);
        assertTrue(status.contains("\"recovery\":\"sheet\""), status);
    }

    private static Path daily(Client client) {
        return client.home().resolve("slots").resolve("daily.slot");
    }

    private static Path recovery(Client client) {
        return client.home().resolve("slots").resolve("recovery.slot");
    }
}
