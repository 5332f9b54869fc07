package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.Refusal;
import strongroom.server.device.CertificateAuthority;

class TlsTest {
    @TempDir
    private Path directory;

    private TestOrganisation organisation;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
    }

    @AfterEach
    void stop() {
        organisation.close();
    }

    private static SSLSocket connect(int port, String... protocols) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
        socket.setEnabledProtocols(protocols);
        socket.startHandshake();
        return socket;
    }

    @Test
    void bothPortsSpeakTls13AndNothingOlder() throws Exception {
        for (int port : List.of(organisation.server.adminPort(), organisation.server.devicePort())) {
            assertThrows(
                    SSLHandshakeException.class, () -> connect(port, "TLSv1.2").close());
            try (SSLSocket socket = connect(port, "TLSv1.3")) {
                assertTrue(socket.getSession().getCipherSuite().matches("TLS_(AES_256_GCM|CHACHA20|AES_128_GCM).*"));
            }
        }
    }

    @Test
    void bothPortsShowTheKeyThatTheRootPinned() throws Exception {
        Organisation known = Organisation.of(Files.readAllBytes(organisation.admin.resolve("organisation.bin")));
        for (int port : List.of(organisation.server.adminPort(), organisation.server.devicePort())) {
            try (SSLSocket socket = connect(port, "TLSv1.3")) {
                X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];

                assertEquals(
                        known.pins().pins().getFirst(),
                        Digest.sha256(shown.getPublicKey().getEncoded()));
                assertEquals(List.of("1.3.6.1.5.5.7.3.1"), shown.getExtendedKeyUsage());
            }
        }
        assertEquals(2, known.pins().pins().size());
    }

    @Test
    void aCertificateOfAnotherAuthorityDoesNotGetThroughTheHandshake() throws Exception {
        DeviceKeys keys = DeviceKeys.random();
        KeyPair authority = DeviceKeys.random().tls();
        CertificateAuthority stranger = new CertificateAuthority(
                authority.getPrivate(),
                CertificateAuthority.selfSigned(
                        "Example",
                        authority.getPrivate(),
                        authority.getPublic().getEncoded(),
                        organisation.clock,
                        organisation.random),
                organisation.clock,
                organisation.random);
        try (DeviceClient real = organisation.enrol("Grace")) {
            X509Certificate forged = stranger.forDevice(
                    real.id(),
                    SubjectPublicKeyInfo.getInstance(keys.tls().getPublic().getEncoded()));
            assertThrows(IOException.class, () -> get(keys, forged));
        }
    }

    @Test
    void aCertificateThatOurAuthorityIssuedToNoDeviceIsRefused() throws Exception {
        DeviceKeys keys = DeviceKeys.random();
        CertificateAuthority ours =
                ServerKeys.authority(new ServerHome(organisation.home), organisation.clock, organisation.random);
        X509Certificate unknown = ours.forDevice(
                Id.random(organisation.random),
                SubjectPublicKeyInfo.getInstance(keys.tls().getPublic().getEncoded()));

        DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, get(keys, unknown));
    }

    @Test
    void theServersOwnCertificateIsNoDevices() throws Exception {
        ServerHome home = new ServerHome(organisation.home);
        DeviceKeys keys = DeviceKeys.random();
        X509Certificate forServers = ServerKeys.authority(home, organisation.clock, organisation.random)
                .forServer(List.of("localhost"), keys.tls().getPublic().getEncoded());

        assertThrows(IOException.class, () -> get(keys, forServers));
    }

    private HttpResponse<byte[]> get(DeviceKeys keys, X509Certificate certificate) throws Exception {
        try (HttpClient http = TestOrganisation.client(new OneKey(keys.tls().getPrivate(), certificate))) {
            return http.send(
                    HttpRequest.newBuilder(organisation.deviceUri().resolve("/v1/orders"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void aServerCertificateNearItsEndIsIssuedAnewForTheSameKey() throws Exception {
        PinnedClock clock = new PinnedClock();
        try (TestOrganisation other = TestOrganisation.start(directory.resolve("other"), clock)) {
            byte[] before = Files.readAllBytes(other.home.resolve("tls.crt"));
            clock.goOn(CertificateAuthority.SERVER.dividedBy(2));
            other.restart();
            assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(other.home.resolve("tls.crt"))));

            clock.goOn(CertificateAuthority.SERVER.dividedBy(4));
            other.restart();

            X509Certificate old = DeviceClient.certificate(before);
            X509Certificate renewed = DeviceClient.certificate(Files.readAllBytes(other.home.resolve("tls.crt")));
            assertTrue(
                    renewed.getNotAfter().toInstant().isAfter(old.getNotAfter().toInstant()));
            assertEquals(old.getPublicKey(), renewed.getPublicKey());
        }
    }
}
