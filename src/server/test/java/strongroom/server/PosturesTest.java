package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.posture.DiskState;
import strongroom.protocol.posture.KeyProof;
import strongroom.protocol.posture.PostureReport;
import strongroom.protocol.posture.SecondWay;
import strongroom.protocol.posture.SlotAssurance;
import strongroom.protocol.posture.WaysIn;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.KnownDevice;
import strongroom.server.db.Database;

class PosturesTest {
    @TempDir
    private Path directory;

    private final PinnedClock clock = new PinnedClock();
    private TestOrganisation organisation;
    private DeviceClient device;
    private AdminConsole console;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory, clock);
        device = organisation.enrol("Grace");
        console = organisation.console();
    }

    @AfterEach
    void stop() {
        console.close();
        device.close();
        organisation.close();
    }

    private PostureReport report(Id of, String product) {
        return new PostureReport(
                of,
                product,
                "Debian\u001b[2J",
                "6.1",
                SlotAssurance.PASSPHRASE,
                false,
                DiskState.ENCRYPTED,
                clock.instant(),
                product.equals("set back") ? clock.instant() : null,
                null);
    }

    private PostureReport report(WaysIn ways) {
        return new PostureReport(
                device.id(),
                "1.0",
                "Debian",
                "6.1",
                SlotAssurance.HARDWARE,
                true,
                DiskState.ENCRYPTED,
                clock.instant(),
                null,
                ways);
    }

    private void assertPrinted(WaysIn ways, String part, String json) throws Exception {
        DeviceClient.require(200, send(report(ways), device.keys.statement()));
        assertTrue(printed(false).contains(part), printed(false));
        assertTrue(printed(true).contains(json), printed(true));
    }

    private HttpResponse<byte[]> send(PostureReport report, Signer by) throws Exception {
        return device.send("PUT", "/v1/posture", report.sign(by).toByteArray());
    }

    private KnownDevice known() throws Exception {
        return console.devices().getFirst();
    }

    private String printed(boolean json) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AdminPrinter(new PrintStream(out, true, StandardCharsets.UTF_8), json)
                .devices(console.devices(), clock.instant());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aDeviceThatReportsNothingIsListedAsNotProven() throws Exception {
        assertNull(known().report());
        assertTrue(printed(false).contains("  not proven  "), printed(false));
        assertTrue(printed(true).contains("\"key\" : \"NONE\""), printed(true));
    }

    @Test
    void theNewestReportIsKeptAndShown() throws Exception {
        PostureReport first = report(device.id(), "1.0");
        assertEquals(KeyProof.NONE, KeyProof.of(DeviceClient.require(200, send(first, device.keys.statement()))));
        assertEquals(first, known().report());

        clock.goOn(Duration.ofDays(1));
        PostureReport second = report(device.id(), "1.1");
        DeviceClient.require(200, send(second, device.keys.statement()));
        DeviceClient.require(200, send(first, device.keys.statement()));

        assertEquals(second, known().report());
        String text = printed(false);
        assertTrue(text.contains("  software key  "), text);
        assertTrue(text.contains("Strongroom 1.1, Debian?[2J 6.1, unlocks by passphrase alone, disk encrypted"), text);
        String json = printed(true);
        assertTrue(json.contains("\"disk\" : \"ENCRYPTED\"") && json.contains("\"saysTpm\" : false"), json);
    }

    @Test
    void aFolderThatWasSetBackIsShown() throws Exception {
        DeviceClient.require(200, send(report(device.id(), "1.0"), device.keys.statement()));
        assertFalse(printed(false).contains("folder"), printed(false));
        clock.goOn(Duration.ofDays(1));

        DeviceClient.require(200, send(report(device.id(), "set back"), device.keys.statement()));

        String text = printed(false);
        assertTrue(text.contains("folder found set back, or without its counter, at " + clock.instant()), text);
        assertTrue(printed(true).contains("\"folderNotAsLeft\" : \"" + clock.instant() + "\""), printed(true));
    }

    @Test
    void itIsShownWhichDevicesHaveOneWayInOnlyAndHowOldTheProofOfTheSecondIs() throws Exception {
        WaysIn.Second code = new WaysIn.Second(SecondWay.CODE, clock.instant());
        WaysIn.Second left = new WaysIn.Second(SecondWay.ADMINISTRATORS, clock.instant());

        assertPrinted(new WaysIn(true, null), "NOT FINISHED: one way in only", "\"enrolmentFinished\" : false");
        assertPrinted(new WaysIn(false, code), "NOT FINISHED: no PIN has opened it yet", "\"byPin\" : false");
        assertPrinted(new WaysIn(true, left), "left for administrators", "\"second\" : \"ADMINISTRATORS\"");
        assertFalse(printed(false).contains("NOT FINISHED"), printed(false));
        assertPrinted(new WaysIn(true, code), "shown to open at " + code.at(), "\"shown\" : \"" + code.at() + "\"");
        clock.goOn(Duration.ofDays(90));
        assertFalse(printed(false).contains("not shown again"), printed(false));
        clock.goOn(Duration.ofDays(1));
        assertTrue(printed(false).contains(", 91 days ago: not shown again"), printed(false));
    }

    @Test
    void aReportOfAnotherKeyAnotherDeviceOrATimeToComeIsRefused() throws Exception {
        PostureReport own = report(device.id(), "1.0");
        DeviceClient.requireRefused(400, Refusal.MALFORMED, send(own, device.keys.person()));
        DeviceClient.requireRefused(
                400, Refusal.MALFORMED, send(report(Id.random(organisation.random), "1.0"), device.keys.statement()));
        clock.goOn(Duration.ofMinutes(6));
        PostureReport early = report(device.id(), "1.0");
        clock.goOn(Duration.ofMinutes(-6));
        DeviceClient.requireRefused(400, Refusal.MALFORMED, send(early, device.keys.statement()));

        assertNull(known().report());
    }

    @Test
    void anAdministratorBelievesTheDeviceAndNotTheServer() throws Exception {
        Signed forged = report(device.id(), "9.9").sign(device.keys.person());
        try (Database database = organisation.database()) {
            database.write(handle -> handle.createUpdate(
                            "INSERT INTO posture (device, statement, at) VALUES (:device, :statement, 1)")
                    .bind("device", device.id().toByteArray())
                    .bind("statement", forged.toByteArray())
                    .execute());
        }

        AdminException refused = assertThrows(AdminException.class, () -> console.devices());

        assertFalse(String.valueOf(refused.getMessage()).isEmpty());
    }
}
