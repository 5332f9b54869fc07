package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.journey.Client.Said;

/// A keyring that is locked or gone is never taken for a machine without one, nor for a first run: it is named, and
/// everything is there when it is back. Nor is the keyring of another desktop taken for one that has lost the key.
class KeyringIT {
    private static final String PIN = "blue kettle 42";
    private static final int KEYSTORE_LOCKED = 9;
    private static final int KEYSTORE_MISSING = 10;
    private static final int ALREADY_ENROLLED = 30;

    private static Path building;
    private static Office office;
    private static int people;

    private Path folder;
    private KeyringDaemon keyring;
    private Client client;

    @BeforeAll
    static void anOffice() throws IOException, InterruptedException {
        building = TempFolder.make();
        office = Office.open(building, "Muster AG");
    }

    @AfterAll
    static void close() throws IOException {
        office.close();
        TempFolder.remove(building);
    }

    @BeforeEach
    void somebodysClientInAKeyring() throws IOException, InterruptedException {
        folder = TempFolder.make();
        keyring = KeyringDaemon.start(folder);
        client = Client.in(folder, "home", "none", keyring.environment());
        client.enrol(office, "Person " + ++people, PIN);
        client.run(
                PIN, "add", Files.writeString(folder.resolve("a.txt"), "kept").toString());
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        keyring.close();
        TempFolder.remove(folder);
    }

    @Test
    void aLockedKeyringIsNamedAndNeitherAFirstRunNorAReasonForAWeakerSeal() throws IOException, InterruptedException {
        assertTrue(status().contains("\"assurance\":\"keystore\""));

        keyring.lock();

        Refused.with(KEYSTORE_LOCKED, client.say(PIN, "ls"));
        assertTrue(status().contains("\"state\":\"enrolled\""), "taken for a first run");
        String code = office.enrolCode("Person " + people);
        Refused.with(ALREADY_ENROLLED, enrol(client, code));
        try (Client fresh = Client.in(folder, "fresh", "none", keyring.environment())) {
            Refused.with(KEYSTORE_LOCKED, enrol(fresh, code));
            assertTrue(Files.notExists(fresh.home().resolve("slots").resolve("daily.slot")), "sealed by less");

            keyring.unlock();

            assertEquals("kept", client.run(PIN, "cat", "a.txt"));
            assertEquals(0, enrol(fresh, code).exit(), "the code was spoilt");
        }
    }

    @Test
    void aKeyringThatIsGoneIsNamedAndEverythingIsThereWhenItIsBack() throws IOException, InterruptedException {
        keyring.end();

        Refused.with(KEYSTORE_MISSING, client.say(PIN, "ls"));
        assertTrue(status().contains("\"state\":\"enrolled\""), "taken for a first run");

        keyring.unlock();

        assertEquals("kept", client.run(PIN, "cat", "a.txt"));
        assertTrue(client.run(PIN, "verify", "--read-data").contains("Nothing is damaged"));
    }

    @Test
    void eachDesktopsKeyringOpensWhatItSealedAndNamesWhatTheOtherSealed() throws IOException, InterruptedException {
        keyring.change(Desktop.KDE);

        assertInTheOther(client);
        try (Client fresh = Client.in(folder, "fresh", "none", keyring.environment())) {
            assertEquals(0, enrol(fresh, office.enrolCode("Person " + people)).exit());
            String status = fresh.run(PIN, "status", "--json");
            assertTrue(status.contains("\"assurance\":\"keystore\""), status);

            keyring.lock();

            Refused.with(KEYSTORE_LOCKED, fresh.say(PIN, "ls"));
            assertEquals(status, fresh.run(PIN, "status", "--json"), "taken for a first run");

            keyring.unlock();

            fresh.run(PIN, "verify");

            keyring.change(Desktop.GNOME);

            assertInTheOther(fresh);
            assertEquals("kept", client.run(PIN, "cat", "a.txt"));
        }
    }

    private static void assertInTheOther(Client client) throws IOException, InterruptedException {
        Said said = client.say(PIN, "ls");
        Refused.with(KEYSTORE_MISSING, said);
        assertTrue(said.toString().contains("in its place"), said::toString);
        assertTrue(client.run(PIN, "status", "--json").contains("\"state\":\"enrolled\""), "taken for a first run");
    }

    private String status() throws IOException, InterruptedException {
        return client.run(PIN, "status", "--json");
    }

    private Said enrol(Client by, String code) throws IOException, InterruptedException {
        return by.say(PIN, "enrol", "--json", "--server", office.url(), "--code", code);
    }
}
