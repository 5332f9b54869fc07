package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.policy.SharePolicy;
import strongroom.server.admin.AdminConsole;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventsTest {
    @TempDir
    private Path directory;

    private TestOrganisation organisation;
    private DeviceClient device;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        device = organisation.enrol("Grace");
    }

    @AfterEach
    void stop() {
        device.close();
        organisation.close();
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        assertEquals(200, response.statusCode());
        assertEquals(
                "text/event-stream;charset=utf-8",
                response.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .replace(" ", "")
                        .toLowerCase(Locale.ROOT));
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static void assertHeartbeat(BufferedReader lines) throws IOException {
        assertEquals(":", lines.readLine());
        assertEquals("", lines.readLine());
    }

    private static void assertEvent(String name, String data, BufferedReader lines) throws IOException {
        assertEquals("event: " + name, lines.readLine());
        assertEquals("data: " + data, lines.readLine());
        assertEquals("", lines.readLine());
    }

    @Test
    void aCommitIsAnnouncedToAllDevicesOfThePerson() throws Exception {
        Id vault = device.createVault();
        try (DeviceClient second = organisation.enrol("Grace", DeviceKeys.of(device.keys.person()), false);
                BufferedReader first = lines(device.events());
                BufferedReader other = lines(second.events())) {
            assertHeartbeat(first);
            assertHeartbeat(other);

            DeviceClient.require(
                    204, device.append(vault, device.commit(vault, 1, Digest.ZERO, new byte[] {1}, List.of())));

            assertEvent("head", vault.toString(), first);
            assertEvent("head", vault.toString(), other);
        }
    }

    @Test
    void anotherPersonHearsNothingOfIt() throws Exception {
        Id vault = device.createVault();
        try (DeviceClient stranger = organisation.enrol("Linus");
                BufferedReader lines = lines(stranger.events())) {
            assertHeartbeat(lines);
            DeviceClient.require(
                    204, device.append(vault, device.commit(vault, 1, Digest.ZERO, new byte[] {1}, List.of())));

            Id own = stranger.createVault();

            assertEvent("head", own.toString(), lines);
        }
    }

    @Test
    void anOrderIsAnnouncedAndThenTheStreamOfTheClosedDeviceEnds() throws Exception {
        for (Order.Action action : List.of(Order.Action.FREEZE, Order.Action.WIPE)) {
            try (DeviceClient target = organisation.enrol("Person of " + action);
                    AdminConsole console = organisation.console();
                    BufferedReader lines = lines(target.events())) {
                assertHeartbeat(lines);

                Order order = console.order(target.id(), action, "lost");

                assertEvent("order", order.id().toString(), lines);
                assertNull(lines.readLine());
                assertEquals(403, target.events().statusCode());
            }
        }
    }

    @Test
    void aNewPolicyIsAnnouncedToEveryActiveDeviceAndTheOneInForceIsNot() throws Exception {
        try (DeviceClient stranger = organisation.enrol("Linus");
                AdminConsole console = organisation.console();
                BufferedReader one = lines(device.events());
                BufferedReader other = lines(stranger.events())) {
            assertHeartbeat(one);
            assertHeartbeat(other);

            console.policies().setShare(SharePolicy.Mode.ALWAYS, 0, 0);
            byte[] inForce =
                    DeviceClient.require(200, organisation.sendAsAdministrator("GET", "/admin/v1/policy", new byte[0]));
            DeviceClient.require(204, organisation.sendAsAdministrator("PUT", "/admin/v1/policy", inForce));
            console.policies().setShare(SharePolicy.Mode.OFF, 0, 0);

            for (BufferedReader lines : List.of(one, other)) {
                assertEvent("policy", "1", lines);
                assertEvent("policy", "2", lines);
            }
        }
    }

    @Test
    void aDrillIsAnnouncedAndTheStreamGoesOn() throws Exception {
        try (AdminConsole console = organisation.console();
                BufferedReader lines = lines(device.events())) {
            assertHeartbeat(lines);

            Order order = console.order(device.id(), Order.Action.DRILL, "");
            Id vault = device.createVault();

            assertEvent("order", order.id().toString(), lines);
            assertEvent("devices", device.id().toString(), lines);
            assertEvent("head", vault.toString(), lines);
        }
    }

    @Test
    void streamsAreCarriedByHttp2AndByHttp11() throws Exception {
        try (BufferedReader lines = lines(device.events())) {
            assertHeartbeat(lines);
        }
        assertEquals(HttpClient.Version.HTTP_2, device.get("/v1/vaults").version());
        try (BufferedReader lines = lines(device.events(HttpClient.Version.HTTP_1_1))) {
            assertHeartbeat(lines);
            Id vault = device.createVault();
            assertEvent("head", vault.toString(), lines);
        }
    }

    @Test
    void whenTheServerStopsTheStreamsEnd() throws Exception {
        try (BufferedReader lines = lines(device.events())) {
            assertHeartbeat(lines);
            organisation.server.close();
            assertNull(lines.readLine());
        }
        assertThrows(IOException.class, () -> device.get("/v1/vaults"));
    }
}
