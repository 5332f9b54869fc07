package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.server.admin.AdminConsole;
import strongroom.server.http.Access;
import strongroom.server.http.Route;

/// Who may use which route: made from the table itself, so a new route is tested before anyone thinks of it.
class AccessTest {
    private static final Digest CHUNK = Digest.sha256(new byte[] {1});

    @TempDir
    private static Path directory;

    private static TestOrganisation organisation;
    private static DeviceClient active;
    private static DeviceClient frozen;
    private static DeviceClient stranger;
    private static Id vault;

    @BeforeAll
    static void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        active = organisation.enrol("Grace");
        frozen = organisation.enrol("Linus");
        stranger = organisation.enrol("Ken");
        vault = active.createVault();
        DeviceClient.require(204, active.putChunk(vault, CHUNK, new byte[] {1}));
        new ShareSlot(active, vault, active.keys.person()).made();
        try (AdminConsole console = organisation.console()) {
            console.order(frozen.id(), Order.Action.FREEZE, "");
        }
    }

    @AfterAll
    static void stop() {
        active.close();
        frozen.close();
        stranger.close();
        organisation.close();
    }

    private static Stream<DynamicTest> each(Access access, Check check) {
        return TestOrganisation.routes().stream()
                .filter(route -> route.access() == access)
                .map(route -> dynamicTest(route.method() + " " + route.path(), () -> check.of(route)));
    }

    @TestFactory
    Stream<DynamicTest> withoutACertificateTheDevicePortDoesNotEvenTalk() {
        return TestOrganisation.routes().stream()
                .filter(route -> route.access().port() == Access.Port.DEVICES)
                .map(route -> dynamicTest(route.method() + " " + route.path(), () -> {
                    try (HttpClient nobody = TestOrganisation.client()) {
                        assertThrows(IOException.class, () -> send(nobody, organisation.deviceUri(), route, ""));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aFrozenDeviceGetsItsOrdersAndNothingElse() {
        return Stream.concat(
                each(
                        Access.ACTIVE_DEVICE,
                        route -> assertRefused(
                                403,
                                Refusal.DEVICE_NOT_ACTIVE,
                                send(frozen.http, organisation.deviceUri(), route, ""))),
                each(
                        Access.ANY_DEVICE,
                        route -> assertNotEquals(
                                403,
                                send(frozen.http, organisation.deviceUri(), route, "")
                                        .statusCode())));
    }

    @TestFactory
    Stream<DynamicTest> anActiveDeviceIsLetThrough() {
        return Stream.concat(
                each(Access.ACTIVE_DEVICE, AccessTest::isLetThrough),
                each(Access.ANY_DEVICE, AccessTest::isLetThrough));
    }

    private static void isLetThrough(Route route) throws Exception {
        int status = send(active.http, organisation.deviceUri(), route, "").statusCode();
        assertTrue(status == 200 || status == 204 || status == 400 || status == 404, "status " + status);
    }

    @TestFactory
    Stream<DynamicTest> anotherPersonsDeviceGetsNothingOfAVaultOrASlot() {
        return TestOrganisation.routes().stream()
                .filter(route -> route.path().contains("{vault}")
                        || route.path().contains("{device}")
                        || route.path().contains("{slot}"))
                .filter(route -> route.access() == Access.ACTIVE_DEVICE)
                .map(route -> dynamicTest(route.method() + " " + route.path(), () -> {
                    int status = send(stranger.http, organisation.deviceUri(), route, "")
                            .statusCode();
                    assertTrue(status == 404 || status == 400, "status " + status);
                }));
    }

    @TestFactory
    Stream<DynamicTest> withoutAnAdministratorsSignatureNothingIsAdministered() throws Exception {
        String forged = Base64.getEncoder().encodeToString(new byte[40]);
        return each(Access.ADMINISTRATOR, route -> {
            try (HttpClient nobody = TestOrganisation.client()) {
                for (String header : List.of("", "x", "a.b", forged + "." + forged, ".", forged)) {
                    assertRefused(403, Refusal.NOT_ADMINISTRATOR, send(nobody, organisation.adminUri(), route, header));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> noRouteOfOnePortIsOnTheOther() {
        return TestOrganisation.routes().stream()
                .map(route -> dynamicTest(route.method() + " " + route.path(), () -> {
                    URI other =
                            switch (route.access().port()) {
                                case DEVICES -> organisation.adminUri();
                                case ADMINISTRATORS -> organisation.deviceUri();
                            };
                    assertEquals(404, send(active.http, other, route, "").statusCode());
                }));
    }

    private interface Check {
        void of(Route route) throws Exception;
    }

    private static HttpResponse<InputStream> send(HttpClient http, URI base, Route route, String administrator)
            throws IOException, InterruptedException {
        String path = route.path()
                .replace("{vault}", vault.toString())
                .replace("{chunk}", CHUNK.toString())
                .replace("{code}", CHUNK.toString())
                .replace("{device}", active.id().toString())
                .replace("{slot}", vault.toString())
                .replace("{person}", active.person().toString())
                .replace("{order}", vault.toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        if (!administrator.isEmpty()) {
            request.header(Wire.ADMINISTRATOR, administrator);
        }
        byte[] body = route.method().equals("GET") ? new byte[0] : new byte[] {1};
        HttpResponse<InputStream> response = http.send(
                request.method(
                                route.method(),
                                body.length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response;
    }

    private static void assertRefused(int status, Refusal refusal, HttpResponse<InputStream> response) {
        assertEquals(status, response.statusCode());
        assertEquals(refusal.name(), response.headers().firstValue(Wire.REFUSAL).orElse(""));
    }
}
