package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.EnrolmentRequest;
import strongroom.protocol.Order;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.server.admin.AdminConsole;
import strongroom.server.audit.Audit;
import strongroom.server.db.Database;

/// A person without a device gets their keys back: what administrators type, and what the server takes.
class RecoveryTest {
    @TempDir
    private Path directory;

    private final PrintStream terminal = System.out;
    private final PrintStream errors = System.err;
    private final InputStream keyboard = System.in;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private TestOrganisation organisation;
    private RecoverablePerson grace;
    private DeviceClient old;
    private DeviceClient fresh;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        grace = new RecoverablePerson(organisation, "Grace");
        old = grace.enrol(true);
        fresh = grace.enrol(false);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setIn(InputStream.nullInputStream());
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(terminal);
        System.setErr(errors);
        System.setIn(keyboard);
        old.close();
        fresh.close();
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

    private void assertRefused(String sentence, String... arguments) {
        assertEquals(1, admin(arguments));
        assertTrue(output().contains(sentence), output());
    }

    private void init(String folder) {
        Path to = directory.resolve(folder);
        assertEquals(
                0, admin("recovery", "init", "--shares", "3", "--threshold", "2", "--to", to.toString()), output());
    }

    private String share(String folder, int number) {
        return directory
                .resolve(folder)
                .resolve("recovery-share-" + number + "-of-3.txt")
                .toString();
    }

    private RecoveryKey key() throws Exception {
        try (AdminConsole console = organisation.console()) {
            return console.recovery().key().orElseThrow();
        }
    }

    private void leaveKeys() throws Exception {
        byte[] grant = grace.grant(old, key()).toByteArray();
        DeviceClient.require(204, old.send("PUT", "/v1/recovery-grant", grant));
    }

    private String digits() throws Exception {
        try (AdminConsole console = organisation.console()) {
            EnrolmentRequest request =
                    console.device(fresh.id().toString()).proof().request();
            return request.approvalCode();
        }
    }

    private List<String> acts() {
        try (Database database = Database.open(organisation.home.resolve("strongroom.db"))) {
            assertTrue(database.read(new Audit(organisation.clock)::isWhole));
            return database.read(handle -> handle.createQuery("SELECT act FROM audit ORDER BY sequence")
                    .mapTo(String.class)
                    .list());
        }
    }

    @Test
    void twoOfThreeSharesGiveTheKeysToTheNewDevice() throws Exception {
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, old.get("/v1/recovery-key"));
        init("shares");
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, old.get("/v1/recovery-grant"));
        leaveKeys();
        DeviceClient.require(200, fresh.get("/v1/recovery-grant"));

        String[] command = {
            "recover", "new laptop", "--share", share("shares", 3), "--share", share("shares", 1), "--digits", digits()
        };
        System.setIn(new ByteArrayInputStream("no\n".getBytes(StandardCharsets.UTF_8)));
        assertRefused("Not confirmed. Nothing was done.", command);
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, fresh.get("/v1/grant"));
        String typed = fresh.id().toString().substring(0, 8) + "\n";
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
        assertEquals(0, admin(command), output());

        assertTrue(output().contains("\"new laptop\"") && output().contains("\"Grace\""), output());
        assertTrue(output().contains("Its own screen must show: " + digits()), output());
        assertTrue(grace.isHandedOver(fresh));
        assertRefused("new laptop has its keys.", command);
        assertEquals(List.of("code", "code", "recovery-key", "recovery-read", "recover"), acts());
    }

    @Test
    void whatCannotBeRecoveredIsSaidAndChangesNothing() throws Exception {
        init("shares");
        String one = share("shares", 1);
        String two = share("shares", 2);
        assertRefused(
                "No device of Grace left keys",
                "recover",
                "new laptop",
                "--share",
                one,
                two,
                "--digits",
                digits(),
                "--yes");
        leaveKeys();
        init("later");

        assertRefused("Not enough shares: 1 given, 2 needed.", "recover", "new laptop", "--share", one);
        assertRefused("is a share of another recovery key", "recover", "new laptop", "--share", one, share("later", 2));
        assertRefused(
                "The shares are of the recovery key",
                "recover",
                "new laptop",
                "--share",
                share("later", 1),
                share("later", 2),
                "--digits",
                digits(),
                "--yes");
        assertRefused("--yes needs --digits", "recover", "new laptop", "--share", one, two, "--yes");
        assertRefused(
                "The digits are not those of the device",
                "recover",
                "new laptop",
                "--share",
                one,
                two,
                "--digits",
                "0000 0000 0000 0000",
                "--yes");
        assertRefused("There is no device nobody", "recover", "nobody", "--share", one, two);
        assertRefused("old laptop has its keys.", "recover", "old laptop", "--share", one, two);
        String text = Files.readString(Path.of(one)).strip();
        String other = text.endsWith("Z") ? "Y" : "Z";
        Path mistyped = Files.writeString(directory.resolve("typed"), text.substring(0, text.length() - 1) + other);
        assertRefused("cannot be read as a share", "recover", "new laptop", "--share", mistyped.toString(), two);
        assertRefused(
                "There is no file",
                "recover",
                "new laptop",
                "--share",
                directory.resolve("none").toString());
        assertEquals(2, admin("recover", "new laptop"));
        try (AdminConsole console = organisation.console()) {
            console.order(fresh.id(), Order.Action.FREEZE, "");
        }
        assertRefused("new laptop is not active", "recover", "new laptop", "--share", one, two);
        assertFalse(acts().contains("recover"));
    }

    @Test
    void keysLeftForAnEarlierRecoveryKeyOpenWithItsShares() throws Exception {
        init("shares");
        leaveKeys();
        init("later");

        assertEquals(
                0,
                admin(
                        "recover",
                        "new laptop",
                        "--share",
                        share("shares", 1),
                        share("shares", 2),
                        "--digits",
                        digits(),
                        "--yes"),
                output());

        assertTrue(grace.isHandedOver(fresh));
    }

    @Test
    void aKeyIsMadeWithTheRootAloneAndItsSharesAreForTheirOwnersAlone() throws Exception {
        String[] init = {"recovery", "init", "--shares", "3", "--threshold", "2", "--to"};
        List<String> command = new ArrayList<>(List.of(init));
        command.add(directory.resolve("shares").toString());
        Path root = organisation.admin.resolve("root.key");
        Path away = Files.move(root, directory.resolve("root.key"));
        assertRefused("give --root", command.toArray(String[]::new));
        command.addAll(List.of("--root", organisation.admin.resolve("admin.key").toString()));
        assertRefused("is not the root", command.toArray(String[]::new));
        assertFalse(Files.exists(directory.resolve("shares")));
        command.set(command.size() - 1, away.toString());
        assertEquals(0, admin(command.toArray(String[]::new)), output());

        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(share("shares", 1)))));
        assertRefused("is there already. Nothing was changed.", command.toArray(String[]::new));
        assertEquals(1, key().number());
        command.set(3, "1");
        command.set(7, directory.resolve("other").toString());
        assertRefused("A key has 2 to 255 shares, of which at least 2 are needed.", command.toArray(String[]::new));
        assertFalse(Files.exists(directory.resolve("other").resolve("recovery-share-1-of-1.txt")));
    }

    @Test
    void theServerTakesNoGrantOfAnotherPersonOrForAnotherKey() throws Exception {
        init("shares");
        RecoveryKey first = key();
        init("later");
        RecoverablePerson linus = new RecoverablePerson(organisation, "Linus");
        try (DeviceClient his = linus.enrol(true)) {
            byte[] hers = grace.grant(old, key()).toByteArray();
            DeviceClient.requireRefused(400, Refusal.MALFORMED, his.send("PUT", "/v1/recovery-grant", hers));
            byte[] inHerName = linus.grant(old, key()).toByteArray();
            DeviceClient.requireRefused(400, Refusal.MALFORMED, his.send("PUT", "/v1/recovery-grant", inHerName));
        }
        byte[] stale = grace.grant(old, first).toByteArray();
        DeviceClient.requireRefused(409, Refusal.CONFLICT, old.send("PUT", "/v1/recovery-grant", stale));
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, old.get("/v1/recovery-grant"));
        byte[] grant = grace.grant(old, key()).toByteArray();
        DeviceClient.require(204, old.send("PUT", "/v1/recovery-grant", grant));
        DeviceClient.require(204, old.send("PUT", "/v1/recovery-grant", grant));
        assertEquals(Signed.of(grant), Signed.of(DeviceClient.require(200, old.get("/v1/recovery-grant"))));
    }

    private static void assertProved(String lines, String output) {
        assertTrue(output.startsWith(lines), output);
        assertTrue(output.contains("Bring them together again by"), output);
    }

    @Test
    void aCheckSaysForWhomTheSharesOpen() throws Exception {
        init("shares");
        RecoverablePerson linus = new RecoverablePerson(organisation, "Linus");
        RecoverablePerson ken = new RecoverablePerson(organisation, "Ken");
        try (DeviceClient his = linus.enrol(true);
                DeviceClient kens = ken.enrol(true)) {
            leaveKeys();
            assertEquals(1, check("shares"));
            assertProved("opens          Grace\nmissing        Linus\nmissing        Ken\n", output());

            init("later");
            leaveKeys();
            byte[] others = new byte[64];
            DeviceClient.require(
                    204,
                    kens.send(
                            "PUT",
                            "/v1/recovery-grant",
                            ken.grant(kens, key(), others).toByteArray()));
            byte[] linuss = linus.grant(his, key()).toByteArray();
            DeviceClient.require(204, his.send("PUT", "/v1/recovery-grant", linuss));
            assertEquals(1, check("later", "--json"));
            assertTrue(output().contains("\"result\" : \"REFUSED\""), output());
            assertRefused("the present one is", "recovery", "check", "--share", share("shares", 1), share("shares", 2));

            DeviceClient.require(
                    204,
                    kens.send(
                            "PUT", "/v1/recovery-grant", ken.grant(kens, key()).toByteArray()));
            assertEquals(0, check("later"));
            assertProved("opens          Grace\nopens          Linus\nopens          Ken\n", output());
            assertEquals(0, admin("devices"));
            assertFalse(output().contains("days ago"), output());

            init("last");
            leaveKeys();
            assertEquals(1, check("last"));
            assertProved("opens          Grace\nstale          Linus\nstale          Ken\n", output());
        }
    }

    private int check(String folder, String... more) {
        List<String> command =
                new ArrayList<>(List.of("recovery", "check", "--share", share(folder, 1), "--share", share(folder, 2)));
        command.addAll(List.of(more));
        return admin(command.toArray(String[]::new));
    }
}
