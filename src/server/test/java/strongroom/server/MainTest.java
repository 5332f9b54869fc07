package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.DeviceRecord.Status;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.share.PowerClock;
import strongroom.server.admin.AdminConsole;

/// The command line of administrators, as they type it.
class MainTest {
    @TempDir
    private Path directory;

    private final PrintStream terminal = System.out;
    private final InputStream keyboard = System.in;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private TestOrganisation organisation;
    private DeviceClient device;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        device = organisation.enrol("Grace");
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(terminal);
        System.setIn(keyboard);
        device.close();
        organisation.close();
    }

    private int admin(String... arguments) {
        printed.reset();
        List<String> all = new ArrayList<>(List.of("admin"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--admin",
                organisation.admin.toString(),
                "--server",
                organisation.adminUri().toString()));
        return Main.run(all.toArray(String[]::new));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Status status() throws Exception {
        try (AdminConsole console = organisation.console()) {
            return console.device(device.id().toString()).record().status();
        }
    }

    private static void assertJson(String text) throws Exception {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            JsonToken first = parser.nextToken();
            assertTrue(first == JsonToken.START_ARRAY || first == JsonToken.START_OBJECT);
            parser.skipChildren();
            assertEquals(null, parser.nextToken());
        }
    }

    @Test
    void anEnrolmentCodeIsAllThatEnrolCodePrints() throws Exception {
        assertEquals(0, admin("enrol-code", "Linus"));

        EnrolmentCode code = EnrolmentCode.parse(output().strip());
        DeviceClient.require(
                200,
                organisation.postEnrolment(
                        code, DeviceKeys.random().request(true).sign(TestOrganisation.signer(code))));
        assertEquals(0, admin("enrol-code", "Linus", "--days", "1", "--json"));
        assertJson(output());
    }

    @Test
    void devicesAreListedForPeopleAndForPrograms() throws Exception {
        assertEquals(0, admin("devices"));
        assertTrue(output().contains(device.id().toString()));
        assertTrue(output().contains("Grace"));

        assertEquals(0, admin("devices", "--json"));
        assertJson(output());
        assertTrue(output().contains("\"deviceName\" : \"laptop\""));
    }

    @Test
    void thePolicyOfTheServersShareIsShownAndSet() throws Exception {
        assertEquals(0, admin("share"));
        assertTrue(output().contains("No policy was ever set"));
        assertEquals(0, admin("share", "--json"));
        assertJson(output());

        assertEquals(0, admin("share", "always"));
        assertTrue(output().contains("Policy 1 of ") && output().contains("ask the server at each unlock"));
        assertEquals(0, admin("share", "lease", "--hours", "24", "--restarts", "5"));
        assertTrue(output().contains("24 hours and 5 switch-ons"));
        assertEquals(0, admin("share", "lease"));
        assertTrue(output().contains("72 hours and 20 switch-ons"));
        assertEquals(0, admin("share", "off", "--json"));
        assertJson(output());
        assertTrue(output().contains("\"mode\" : \"OFF\""));

        assertEquals(1, admin("share", "lease", "--hours", "2161"));
        assertEquals(1, admin("share", "lease", "--restarts", "1001"));
        assertEquals(1, admin("share", "always", "--hours", "24"));
        assertEquals(1, admin("share", "--restarts", "5"));
        assertEquals(2, admin("share", "sometimes"));
        assertEquals(0, admin("share"));
        assertTrue(output().contains("Policy 4 of ") && output().contains("open without the server"));
    }

    @Test
    void thePolicyOfPinsIsShownAndSetAndWhatIsNotSaidStays() throws Exception {
        assertEquals(0, admin("pin"));
        assertTrue(output().contains("No policy was ever set: PINs are as the program wants them"));

        assertEquals(0, admin("pin", "--shortest", "10", "--longest-age", "90"));
        assertTrue(output().contains("at least 10 characters and must be changed after 90 days"));
        assertEquals(0, admin("pin", "--destroy-after", "12", "--ask-again", "true"));
        assertEquals(0, admin("pin"));
        String second = output();
        assertTrue(second.contains("Policy 2 of "), second);
        assertTrue(second.contains("at least 10 characters and must be changed after 90 days"), second);
        assertTrue(second.contains("destroys its keys at wrong PIN number 12 in a row"), second);
        assertTrue(second.contains("ask for the PIN again"), second);
        assertEquals(0, admin("pin", "--json"));
        assertJson(output());
        assertTrue(output().contains("\"destroyAfter\" : 12"));

        assertEquals(1, admin("pin", "--shortest", "5"));
        assertEquals(1, admin("pin", "--destroy-after", "4"));
        assertEquals(0, admin("pin", "--destroy-after", "0", "--ask-again", "false", "--longest-age", "0"));
        assertTrue(output().contains("is good for ever; wrong PINs destroy nothing; nothing asks"));
    }

    @Test
    void whatADeviceDidToItselfStandsAmongTheReceipts() throws Exception {
        SelfDestruction said = new SelfDestruction(Id.random(organisation.random), device.id(), 3, 10, Instant.now());
        CanonicalWriter out = new CanonicalWriter();
        said.sign(device.keys.statement()).write(out);
        DeviceClient.require(
                204, device.send("POST", "/v1/self-destruction", out.bool(false).toByteArray()));

        assertEquals(0, admin("receipts"));
        assertTrue(output().contains("KEYS DESTROYED BY ITSELF"));
        assertTrue(output().contains("after 10 wrong PINs, by policy 3"));
        assertEquals(0, admin("receipts", "--json"));
        assertJson(output());
        assertTrue(output().contains("\"wrongPins\" : 10"));
    }

    @Test
    void devicesShowTheHourUntilWhichEachOpensWithoutTheServer() throws Exception {
        assertEquals(0, admin("share", "lease", "--hours", "24"));
        assertEquals(0, admin("devices"));
        assertFalse(output().contains("offline") || output().contains("asks the server"));

        ShareSlot slot = ShareSlot.random(device).opened();
        assertEquals(0, admin("devices"));
        assertTrue(output().contains("asks the server at each unlock"));

        String end = slot.leased(new PowerClock(1, 1, 1)).expires().toString();
        assertEquals(0, admin("devices"));
        assertTrue(output().contains("offline until " + end));
        assertEquals(0, admin("wipe", "laptop", "--reason", "lost", "--yes"));
        assertEquals(0, admin("devices"));
        assertTrue(output().contains("offline until " + end));
        assertEquals(0, admin("devices", "--json"));
        assertJson(output());
        assertTrue(output().contains("\"offlineUntil\" : \"" + end));
    }

    @Test
    void aWipeWantsTheBeginningOfTheIdTyped() throws Exception {
        String beginning = device.id().toString().substring(0, 8);

        System.setIn(new ByteArrayInputStream("yes\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, admin("wipe", "laptop", "--reason", "lost"));
        assertEquals(Status.ACTIVE, status());
        System.setIn(new ByteArrayInputStream(new byte[0]));
        assertEquals(1, admin("wipe", "laptop", "--reason", "lost"));
        assertEquals(Status.ACTIVE, status());

        System.setIn(new ByteArrayInputStream((beginning + "\n").getBytes(StandardCharsets.UTF_8)));
        assertEquals(0, admin("wipe", "laptop", "--reason", "lost"));
        assertEquals(Status.WIPE_PENDING, status());
    }

    @Test
    void anOrderIsFollowedByReceipts() throws Exception {
        String id = device.id().toString();
        assertEquals(0, admin("freeze", id));
        assertEquals(Status.FROZEN, status());
        assertEquals(0, admin("thaw", id.substring(0, 6)));
        assertEquals(Status.ACTIVE, status());
        assertEquals(0, admin("drill", id));
        assertEquals(0, admin("wipe", id, "--reason", "lost", "--yes", "--json"));
        assertJson(output());

        DeviceClient.require(
                204,
                device.receipt(
                        device.orders(3)
                                .getFirst()
                                .verify(organisation.organisation())
                                .order()
                                .id(),
                        Receipt.Stage.DONE));

        assertEquals(0, admin("receipts"));
        assertTrue(output().contains("DONE"));
        assertTrue(output().contains("destroyed: 3 keys"));
        assertEquals(0, admin("receipts", "--json"));
        assertJson(output());
        assertEquals(Status.WIPED, status());
    }

    @Test
    void whatCannotBeDoneIsSaidAndChangesNothing() throws Exception {
        assertEquals(1, admin("freeze", "no-such-device"));
        assertEquals(1, admin("freeze", ""));
        assertEquals(2, admin("wipe", "laptop"));
        assertEquals(2, admin("nonsense"));
        assertEquals(Status.ACTIVE, status());
    }

    @Test
    void theRootMakesMoreAdministratorsAndNobodyElseDoes() throws Exception {
        Path second = directory.resolve("second");
        String root = organisation.admin.resolve("root.key").toString();
        String notRoot = organisation.admin.resolve("admin.key").toString();

        assertEquals(1, admin("add", "Bob", "--root", notRoot, "--to", second.toString()));
        assertFalse(Files.exists(second.resolve("admin.key")));
        assertEquals(0, admin("add", "Bob", "--root", root, "--to", second.toString()));
        assertEquals(1, admin("add", "Bob", "--root", root, "--to", second.toString()));

        assertFalse(Files.exists(second.resolve("root.key")));
        try (AdminConsole console =
                AdminConsole.open(second, organisation.adminUri(), organisation.clock, organisation.random)) {
            console.order(device.id(), Order.Action.FREEZE, "");
            assertEquals("Bob", console.receipts().getFirst().order().orderedBy());
        }
        assertEquals(Status.FROZEN, status());
    }

    @Test
    void anOrganisationIsMadeOnce() throws Exception {
        String[] init = {
            "init",
            "--home",
            directory.resolve("new").toString(),
            "--admin",
            directory.resolve("new-admin").toString(),
            "--organisation",
            "Example",
            "--host",
            "vault.example.org,10.0.0.1"
        };

        assertEquals(0, Main.run(init));
        assertTrue(output().contains("root.key"));
        byte[] root = Files.readAllBytes(directory.resolve("new-admin").resolve("root.key"));
        assertEquals(1, Main.run(init));
        assertEquals(
                -1,
                Arrays.mismatch(
                        root, Files.readAllBytes(directory.resolve("new-admin").resolve("root.key"))));
        assertFalse(Files.exists(directory.resolve("new").resolve("root.key")));
        RunningServer.start(directory.resolve("new")).close();
    }
}
