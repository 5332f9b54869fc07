package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.AdminRequest;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Order;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Signer;
import strongroom.protocol.Wire;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.SeedSigner;

/// Who may administer, and what an administrator's word is good for.
class AdministratorsTest {
    private static final String DEVICES = "/admin/v1/devices";

    @TempDir
    private Path directory;

    private PinnedClock clock;
    private TestOrganisation organisation;
    private Signer root;
    private Signer admin;
    private Signed certificate;

    @BeforeEach
    void start() throws Exception {
        clock = new PinnedClock();
        organisation = TestOrganisation.start(directory, clock);
        root = SeedSigner.of(Files.readAllBytes(organisation.admin.resolve("root.key")));
        admin = SeedSigner.of(Files.readAllBytes(organisation.admin.resolve("admin.key")));
        certificate = Signed.of(Files.readAllBytes(organisation.admin.resolve("admin.cert")));
    }

    @AfterEach
    void stop() {
        organisation.close();
    }

    private AdminRequest request(String method, String path, byte[] body) {
        return new AdminRequest(Id.random(organisation.random), clock.instant(), method, path, Digest.sha256(body));
    }

    private static String header(Signed certificate, AdminRequest request, Signer key) throws Exception {
        return Base64.getEncoder().encodeToString(certificate.toByteArray())
                + "."
                + Base64.getEncoder().encodeToString(request.sign(key).toByteArray());
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String header) throws Exception {
        try (HttpClient http = TestOrganisation.client()) {
            return http.send(
                    HttpRequest.newBuilder(organisation.adminUri().resolve(path))
                            .header(Wire.ADMINISTRATOR, header)
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private void assertRefused(String header) throws Exception {
        DeviceClient.requireRefused(403, Refusal.NOT_ADMINISTRATOR, send("GET", DEVICES, new byte[0], header));
    }

    private Signed certify(Signer key, KeyCertificate.Role role, Signer issuer, Instant from, Instant until)
            throws Exception {
        return new KeyCertificate(role, Id.random(organisation.random), "Eve", key.verifyingKey(), from, until)
                .sign(issuer);
    }

    @Test
    void aRequestIsAdmittedOnceAlsoAcrossARestart() throws Exception {
        String header = header(certificate, request("GET", DEVICES, new byte[0]), admin);

        DeviceClient.require(200, send("GET", DEVICES, new byte[0], header));
        assertRefused(header);
        organisation.restart();
        assertRefused(header);
    }

    @Test
    void aRequestIsGoodForFiveMinutes() throws Exception {
        String old = header(certificate, request("GET", DEVICES, new byte[0]), admin);
        clock.goOn(Duration.ofMinutes(5).plusMillis(1));
        assertRefused(old);

        String fresh = header(certificate, request("GET", DEVICES, new byte[0]), admin);
        clock.goOn(Duration.ofMinutes(5));
        DeviceClient.require(200, send("GET", DEVICES, new byte[0], fresh));
        assertRefused(fresh);
        clock.goOn(Duration.ofMillis(1));
        assertRefused(fresh);
    }

    @Test
    void aRequestIsGoodForItsMethodPathAndBodyAlone() throws Exception {
        assertRefused(header(certificate, request("POST", DEVICES, new byte[0]), admin));
        assertRefused(header(certificate, request("GET", "/admin/v1/people", new byte[0]), admin));
        assertRefused(header(certificate, request("GET", DEVICES + "?x=1", new byte[0]), admin));
        assertRefused(header(certificate, request("GET", DEVICES, new byte[] {1}), admin));
    }

    @Test
    void onlyTheRootMakesAdministratorsAndOnlyForATime() throws Exception {
        Signer eve = DeviceKeys.random().person();
        Instant now = clock.instant();
        Instant later = now.plus(Duration.ofDays(1));
        AdminRequest asked = request("GET", DEVICES, new byte[0]);

        assertRefused(header(certify(eve, KeyCertificate.Role.ADMINISTRATOR, eve, now, later), asked, eve));
        assertRefused(header(certify(eve, KeyCertificate.Role.ADMINISTRATOR, admin, now, later), asked, eve));
        assertRefused(header(certify(eve, KeyCertificate.Role.CODE, root, now, later), asked, eve));
        assertRefused(
                header(certify(eve, KeyCertificate.Role.ADMINISTRATOR, root, later, later.plusSeconds(9)), asked, eve));
        assertRefused(header(
                certify(eve, KeyCertificate.Role.ADMINISTRATOR, root, now.minusSeconds(9), now.minusMillis(1)),
                asked,
                eve));
        assertRefused(header(certificate, asked, eve));
        DeviceClient.require(
                200,
                send(
                        "GET",
                        DEVICES,
                        new byte[0],
                        header(certify(eve, KeyCertificate.Role.ADMINISTRATOR, root, now, later), asked, eve)));
    }

    @Test
    void anOrderThatNoAdministratorSignedIsRefusedWhoeverBringsIt() throws Exception {
        try (DeviceClient device = organisation.enrol("Grace")) {
            Signer eve = DeviceKeys.random().person();
            Instant now = clock.instant();
            Instant later = now.plus(Duration.ofDays(1));
            Order order =
                    new Order(Id.random(organisation.random), 1, device.id(), Order.Action.WIPE, "gone", now, later);
            Order expired = new Order(
                    Id.random(organisation.random), 1, device.id(), Order.Action.WIPE, "gone", now, now.minusMillis(1));
            Order future = new Order(
                    Id.random(organisation.random),
                    1,
                    device.id(),
                    Order.Action.WIPE,
                    "gone",
                    now.plus(Duration.ofHours(1)),
                    later);
            Order zero =
                    new Order(Id.random(organisation.random), 0, device.id(), Order.Action.WIPE, "gone", now, later);
            for (SignedOrder bad : List.of(
                    SignedOrder.of(order, certificate, eve),
                    SignedOrder.of(order, certify(eve, KeyCertificate.Role.ADMINISTRATOR, eve, now, later), eve),
                    SignedOrder.of(order, certify(eve, KeyCertificate.Role.CODE, root, now, later), eve),
                    new SignedOrder(
                            certificate, request("GET", DEVICES, new byte[0]).sign(admin)),
                    SignedOrder.of(expired, certificate, admin),
                    SignedOrder.of(future, certificate, admin),
                    SignedOrder.of(zero, certificate, admin))) {
                DeviceClient.requireRefused(400, Refusal.MALFORMED, bring(bad));
            }
            assertEquals(List.of(), device.orders(0));
            DeviceClient.require(200, device.get("/v1/vaults"));
        }
    }

    private HttpResponse<byte[]> bring(SignedOrder order) throws Exception {
        byte[] body = order.toByteArray();
        return send(
                "POST",
                "/admin/v1/orders",
                body,
                header(certificate, request("POST", "/admin/v1/orders", body), admin));
    }

    @Test
    void numbersOfOrdersOnlyGoUpAndTheSameOrderAgainChangesNothing() throws Exception {
        try (DeviceClient device = organisation.enrol("Grace")) {
            SignedOrder fifth = drill(device.id(), 5);

            DeviceClient.require(204, bring(fifth));
            DeviceClient.require(204, bring(fifth));
            DeviceClient.requireRefused(409, Refusal.CONFLICT, bring(drill(device.id(), 5)));
            DeviceClient.requireRefused(409, Refusal.CONFLICT, bring(drill(device.id(), 4)));
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, bring(drill(Id.random(organisation.random), 1)));
            DeviceClient.require(204, bring(drill(device.id(), 9)));
            assertEquals(2, device.orders(0).size());
            assertEquals(1, device.orders(5).size());
        }
    }

    private SignedOrder drill(Id device, long number) throws Exception {
        Instant now = clock.instant();
        return SignedOrder.of(
                new Order(
                        Id.random(organisation.random),
                        number,
                        device,
                        Order.Action.DRILL,
                        "",
                        now,
                        now.plus(Duration.ofDays(1))),
                certificate,
                admin);
    }

    @Test
    void theConsoleSpeaksToThePinnedServerOnly() throws Exception {
        try (TestOrganisation other = TestOrganisation.start(directory.resolve("other"));
                AdminConsole console = AdminConsole.open(
                        organisation.admin, other.adminUri(), Clock.systemUTC(), new SecureRandom())) {
            AdminException refused = assertThrows(AdminException.class, console::devices);

            assertTrue(refused.getMessage().contains("cannot be reached"), refused.getMessage());
        }
    }

    @Test
    void aPersonKeepsTheirIdAndNobodyGetsAnothersName() throws Exception {
        try (DeviceClient first = organisation.enrol("Grace");
                DeviceClient second = organisation.enrol("Grace", DeviceKeys.of(first.keys.person()), false)) {
            assertEquals(first.person(), second.person());
        }
        Instant now = clock.instant();
        byte[] stolen = new KeyCertificate(
                        KeyCertificate.Role.CODE,
                        Id.random(organisation.random),
                        "Grace",
                        DeviceKeys.random().person().verifyingKey(),
                        now,
                        now.plus(Duration.ofDays(1)))
                .sign(admin)
                .toByteArray();
        DeviceClient.requireRefused(
                409,
                Refusal.CONFLICT,
                send(
                        "POST",
                        "/admin/v1/codes",
                        stolen,
                        header(certificate, request("POST", "/admin/v1/codes", stolen), admin)));
    }
}
