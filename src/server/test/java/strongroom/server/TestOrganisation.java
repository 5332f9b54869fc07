package strongroom.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import strongroom.protocol.AdminRequest;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.SeedSigner;
import strongroom.server.db.Database;
import strongroom.server.http.PolicyRoutes;
import strongroom.server.http.PostureRoutes;
import strongroom.server.http.RecoveryRoutes;
import strongroom.server.http.Route;
import strongroom.server.http.Routes;
import strongroom.server.http.ShareRoutes;

/// An organisation with its server in this process, on free ports, behind real TLS.
final class TestOrganisation implements AutoCloseable {
    final Path home;
    final Path admin;
    final Clock clock;
    final SecureRandom random = new SecureRandom();
    RunningServer server;
    private int processDevicePort;
    private int processAdminPort;

    private TestOrganisation(Path home, Path admin, Clock clock, RunningServer server) {
        this.home = home;
        this.admin = admin;
        this.clock = clock;
        this.server = server;
    }

    static TestOrganisation start(Path directory) throws IOException {
        return start(directory, Clock.systemUTC());
    }

    static TestOrganisation start(Path directory, Clock clock) throws IOException {
        Path home = directory.resolve("server");
        Path admin = directory.resolve("admin");
        SecureRandom random = new SecureRandom();
        new NewOrganisation("Example", "Ada Admin", List.of("localhost", "127.0.0.1"), 8443, 8444)
                .create(home, admin, clock, random);
        return new TestOrganisation(home, admin, clock, RunningServer.start(home, 0, 0, clock, random));
    }

    void restart() throws IOException {
        server.close();
        server = RunningServer.start(home, 0, 0, clock, random);
    }

    /// From now on, speaks to a server in another process.
    void useProcess(int devices, int administrators) {
        processDevicePort = devices;
        processAdminPort = administrators;
    }

    URI adminUri() {
        return URI.create("https://localhost:" + (processAdminPort == 0 ? server.adminPort() : processAdminPort));
    }

    URI deviceUri() {
        return URI.create("https://localhost:" + (processDevicePort == 0 ? server.devicePort() : processDevicePort));
    }

    AdminConsole console() throws IOException, AdminException {
        return AdminConsole.open(admin, adminUri(), clock, random);
    }

    EnrolmentCode code(String user) throws IOException, AdminException {
        try (AdminConsole console = console()) {
            return console.enrolmentCode(user, Duration.ofDays(7));
        }
    }

    /// Lets a person's first device in.
    DeviceClient enrol(String user) throws Exception {
        return enrol(user, DeviceKeys.random(), true);
    }

    DeviceClient enrol(String user, DeviceKeys keys, boolean first) throws Exception {
        EnrolmentCode code = code(user);
        HttpResponse<byte[]> response = postEnrolment(code, keys.request(first).sign(signer(code)));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + new String(response.body(), StandardCharsets.UTF_8));
        }
        return new DeviceClient(this, keys, EnrolmentReply.of(response.body()));
    }

    static SeedSigner signer(EnrolmentCode code) {
        return SeedSigner.of(code.signingSeed());
    }

    static Digest fingerprint(EnrolmentCode code) {
        VerifyingKey key = signer(code).verifyingKey();
        return key.fingerprint();
    }

    HttpResponse<byte[]> postEnrolment(EnrolmentCode code, Signed request) throws IOException, InterruptedException {
        CanonicalWriter out = new CanonicalWriter();
        fingerprint(code).write(out);
        request.write(out);
        return send("POST", "/v1/enrolments", out.toByteArray());
    }

    /// Asks the enrolment port.
    HttpResponse<byte[]> send(String method, String path, byte[] body) throws IOException, InterruptedException {
        try (HttpClient http = client()) {
            return http.send(
                    HttpRequest.newBuilder(adminUri().resolve(path))
                            .timeout(Duration.ofSeconds(60))
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    /// The administrator's key.
    SeedSigner administrator() throws IOException {
        return SeedSigner.of(Files.readAllBytes(admin.resolve("admin.key")));
    }

    /// What makes its owner an administrator.
    Signed administratorsCertificate() throws Exception {
        return Signed.of(Files.readAllBytes(admin.resolve("admin.cert")));
    }

    Organisation organisation() throws Exception {
        return Organisation.of(Files.readAllBytes(admin.resolve("organisation.bin")));
    }

    /// Asks the administrators' port as the administrator.
    HttpResponse<byte[]> sendAsAdministrator(String method, String path, byte[] body) throws Exception {
        AdminRequest request = new AdminRequest(Id.random(random), clock.instant(), method, path, Digest.sha256(body));
        Base64.Encoder base64 = Base64.getEncoder();
        try (HttpClient http = client()) {
            return http.send(
                    HttpRequest.newBuilder(adminUri().resolve(path))
                            .header(
                                    Wire.ADMINISTRATOR,
                                    base64.encodeToString(
                                                    administratorsCertificate().toByteArray())
                                            + "."
                                            + base64.encodeToString(request.sign(administrator())
                                                    .toByteArray()))
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    /// The server's table of routes, with nothing behind it.
    static List<Route> routes() {
        PolicyRoutes policies = new PolicyRoutes(null, null);
        ShareRoutes shares = new ShareRoutes(null, null, null, null);
        RecoveryRoutes recovery = new RecoveryRoutes(null, null, null);
        PostureRoutes postures = new PostureRoutes(null, null);
        return new Routes(
                        null, null, null, null, null, null, null, null, null, null, null, null, policies, shares,
                        recovery, postures)
                .table();
    }

    /// The server's database, beside the server.
    Database database() {
        return Database.open(home.resolve("strongroom.db"));
    }

    static HttpClient client(KeyManager... keys) {
        try {
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(keys, new TrustManager[] {new TrustAll()}, null);
            return HttpClient.newBuilder().sslContext(tls).build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
