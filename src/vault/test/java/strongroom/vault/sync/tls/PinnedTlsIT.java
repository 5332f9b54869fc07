package strongroom.vault.sync.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.tpm.Swtpm;
import strongroom.vault.seal.tpm.TpmSealer;
import strongroom.vault.sync.EnrolmentConnection;
import strongroom.vault.sync.ServerConnection;
import strongroom.vault.sync.SyncException;
import strongroom.vault.sync.tls.ChannelDeniedException.Reason;

/// Each wrong server is a real one on loopback. Whatever is wrong, it must not have got a byte of a request.
class PinnedTlsIT {
    private final Instant past = Instant.now().minusSeconds(7200);
    private final Instant future = Instant.now().plusSeconds(7200);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private TestOrganisation organisation;

    @BeforeEach
    void makeOrganisation() throws Exception {
        organisation = new TestOrganisation();
    }

    /// Speaks TLS once and counts the bytes of application data that come.
    private static final class OneTimeServer implements AutoCloseable {
        final ServerSocket socket;
        final CompletableFuture<Integer> applicationBytes = new CompletableFuture<>();

        OneTimeServer(SSLContext tls, String version, boolean clientCertificate) throws IOException {
            this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                try (Socket line = socket.accept()) {
                    // A second try must not wait for one who never comes.
                    socket.close();
                    line.setSoTimeout(5000);
                    SSLSocket connection =
                            (SSLSocket) tls.getSocketFactory().createSocket(line, InputStream.nullInputStream(), false);
                    connection.setEnabledProtocols(new String[] {version});
                    connection.setNeedClientAuth(clientCertificate);
                    applicationBytes.complete(count(connection));
                    // Whoever hangs up on bytes that he has not read takes back what he said last: the alert.
                    line.shutdownOutput();
                    line.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The client broke off, as it must.
                    applicationBytes.complete(0);
                }
            });
        }

        private static int count(SSLSocket connection) {
            int bytes = 0;
            try {
                connection.startHandshake();
                InputStream in = connection.getInputStream();
                while (bytes < 100 && in.read() >= 0) {
                    bytes++;
                }
            } catch (IOException e) {
                // One of the two was refused, as it must be.
                return bytes;
            }
            return bytes;
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static SSLContext serverTls(X509Certificate certificate, PrivateKey key, X509Certificate... clientsOf)
            throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        TrustManager[] trust = null;
        if (clientsOf.length > 0) {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("ca", clientsOf[0]);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            trust = factory.getTrustManagers();
        }
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust, null);
        return tls;
    }

    private DeviceIdentity identity(KeySealer sealer) {
        return new DeviceIdentity(new Home(folder), new OneSealer(sealer), RANDOM);
    }

    private PinnedTls pinnedTo(int port) throws Exception {
        return pinnedTo(port, identity(new MemorySealer(RANDOM, 5)));
    }

    private PinnedTls pinnedTo(int port, DeviceIdentity identity) throws Exception {
        organisation.enrol(identity, URI.create("https://localhost:1"), port);
        return PinnedTls.forDevice(identity.enrolled(), identity.tlsKey(), Clock.systemUTC(), RANDOM);
    }

    private void isDenied(Reason reason, SSLContext tls, String version) throws Exception {
        try (OneTimeServer server = new OneTimeServer(tls, version, false);
                ServerConnection connection = new ServerConnection(pinnedTo(server.port()))) {
            SyncException refused = assertThrows(SyncException.class, () -> connection.orders(0));

            ChannelDeniedException denied = assertInstanceOf(ChannelDeniedException.class, refused.getCause());
            assertEquals(reason, denied.reason(), denied::getMessage);
            assertEquals(SyncException.Why.CHANNEL_DENIED, refused.why());
            assertEquals(0, server.applicationBytes.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void theRightServerIsAsked() throws Exception {
        X509Certificate good = organisation.serverCertificate("localhost", organisation.serverKeys(), past, future);
        SSLContext tls = serverTls(good, organisation.serverKeys().getPrivate(), organisation.authority());
        try (OneTimeServer server = new OneTimeServer(tls, "TLSv1.3", true);
                ServerConnection connection = new ServerConnection(pinnedTo(server.port()))) {
            assertThrows(SyncException.class, () -> connection.orders(0), "it never answers");

            assertEquals(true, server.applicationBytes.get(20, TimeUnit.SECONDS) >= 100);
        }
    }

    /// The server demands the device's certificate and that its key signs the handshake.
    @Test
    void aKeyThatNeverLeavesTheTpmSpeaksForTheDevice() throws Exception {
        X509Certificate good = organisation.serverCertificate("localhost", organisation.serverKeys(), past, future);
        SSLContext tls = serverTls(good, organisation.serverKeys().getPrivate(), organisation.authority());
        try (Swtpm tpm = Swtpm.atSocket();
                OneTimeServer server = new OneTimeServer(tls, "TLSv1.3", true)) {
            DeviceIdentity identity = identity(new TpmSealer(tpm.address(), RANDOM));
            try (ServerConnection connection = new ServerConnection(pinnedTo(server.port(), identity))) {
                assertThrows(SyncException.class, () -> connection.orders(0), "it never answers");

                assertEquals(true, server.applicationBytes.get(20, TimeUnit.SECONDS) >= 100);
                assertNull(identity.tlsKey().getEncoded());
            }
        }
    }

    @Test
    void whatWasDestroyedInTheTpmSpeaksForNobodyAndAccusesNobody() throws Exception {
        X509Certificate good = organisation.serverCertificate("localhost", organisation.serverKeys(), past, future);
        SSLContext tls = serverTls(good, organisation.serverKeys().getPrivate(), organisation.authority());
        try (Swtpm tpm = Swtpm.atSocket();
                OneTimeServer server = new OneTimeServer(tls, "TLSv1.3", true)) {
            DeviceIdentity identity = identity(new TpmSealer(tpm.address(), RANDOM));
            try (ServerConnection connection = new ServerConnection(pinnedTo(server.port(), identity))) {
                // The files stay, as on an earlier copy of the disk.
                identity.destroyKeys();

                SyncException refused = assertThrows(SyncException.class, () -> connection.orders(0));

                assertEquals(SyncException.Why.OFFLINE, refused.why(), refused::toString);
                assertEquals("The key in the TPM was erased. Work goes on; changes wait.", refused.getMessage());
                assertEquals(0, server.applicationBytes.get(20, TimeUnit.SECONDS));
                assertThrows(SealException.class, identity::tlsKey);
            }
        }
    }

    @Test
    void anotherKeyOfTheSameAuthorityIsDenied() throws Exception {
        KeyPair other = TestOrganisation.ellipticKeys();
        X509Certificate certificate = organisation.serverCertificate("localhost", other, past, future);

        isDenied(Reason.WRONG_KEY, serverTls(certificate, other.getPrivate(), organisation.authority()), "TLSv1.3");
    }

    @Test
    void thePinnedKeyWithACertificateOfAnotherAuthorityIsDenied() throws Exception {
        TestOrganisation other = new TestOrganisation();
        X509Certificate certificate = other.serverCertificate("localhost", organisation.serverKeys(), past, future);

        isDenied(
                Reason.OTHER_AUTHORITY,
                serverTls(certificate, organisation.serverKeys().getPrivate(), other.authority()),
                "TLSv1.3");
    }

    @Test
    void anExpiredCertificateIsDenied() throws Exception {
        X509Certificate certificate = organisation.serverCertificate(
                "localhost", organisation.serverKeys(), past, Instant.now().minusSeconds(60));

        isDenied(
                Reason.EXPIRED, serverTls(certificate, organisation.serverKeys().getPrivate()), "TLSv1.3");
    }

    @Test
    void aCertificateOfTomorrowIsDenied() throws Exception {
        X509Certificate certificate = organisation.serverCertificate(
                "localhost", organisation.serverKeys(), Instant.now().plusSeconds(3600), future);

        isDenied(
                Reason.NOT_YET_VALID,
                serverTls(certificate, organisation.serverKeys().getPrivate()),
                "TLSv1.3");
    }

    @Test
    void aCertificateForAnotherHostIsDenied() throws Exception {
        X509Certificate certificate =
                organisation.serverCertificate("example.org", organisation.serverKeys(), past, future);

        isDenied(
                Reason.WRONG_HOST,
                serverTls(certificate, organisation.serverKeys().getPrivate()),
                "TLSv1.3");
    }

    @Test
    void tlsOneDotTwoIsDenied() throws Exception {
        X509Certificate certificate =
                organisation.serverCertificate("localhost", organisation.serverKeys(), past, future);

        isDenied(
                Reason.TLS_VERSION,
                serverTls(certificate, organisation.serverKeys().getPrivate()),
                "TLSv1.2");
    }

    /// An interposed proxy makes a certificate for the host by an authority that the system trusts. Ours never asks
    /// what the system trusts.
    @Test
    void anInspectingProxyIsDeniedAndNamed() throws Exception {
        TestOrganisation proxy = new TestOrganisation();
        X509Certificate certificate = proxy.serverCertificate("localhost", proxy.serverKeys(), past, future);

        isDenied(
                Reason.INSPECTION,
                serverTls(certificate, proxy.serverKeys().getPrivate(), proxy.authority()),
                "TLSv1.3");
    }

    @Test
    void plainTextIsDenied() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerConnection connection = new ServerConnection(pinnedTo(server.getLocalPort()))) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = server.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 302 Found\r\nLocation: http://portal/\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // over
                }
            });
            SyncException refused = assertThrows(SyncException.class, () -> connection.orders(0));

            ChannelDeniedException denied = assertInstanceOf(ChannelDeniedException.class, refused.getCause());
            assertEquals(Reason.NOT_TLS, denied.reason());
        }
    }

    @Test
    void aServerThatDoesNotTakeTheDeviceIsToldApart() throws Exception {
        X509Certificate good = organisation.serverCertificate("localhost", organisation.serverKeys(), past, future);
        TestOrganisation other = new TestOrganisation();
        SSLContext tls = serverTls(good, organisation.serverKeys().getPrivate(), other.authority());
        try (OneTimeServer server = new OneTimeServer(tls, "TLSv1.3", true);
                ServerConnection connection = new ServerConnection(pinnedTo(server.port()))) {
            SyncException refused = assertThrows(SyncException.class, () -> connection.orders(0));

            assertEquals(SyncException.Why.DEVICE_REFUSED, refused.why(), refused::toString);
        }
    }

    @Test
    void nobodyThereIsOfflineAndNotSuspicious() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        try (ServerConnection connection = new ServerConnection(pinnedTo(port))) {
            SyncException refused = assertThrows(SyncException.class, () -> connection.orders(0));

            assertInstanceOf(UnreachableException.class, refused.getCause());
            assertEquals(SyncException.Why.OFFLINE, refused.why());
        }
    }

    @Test
    void beforeEnrolmentAServerWithoutThePinnedKeyIsAskedNothing() throws Exception {
        TestOrganisation other = new TestOrganisation();
        X509Certificate certificate = other.serverCertificate("localhost", other.serverKeys(), past, future);
        try (OneTimeServer server = new OneTimeServer(
                        serverTls(certificate, other.serverKeys().getPrivate()), "TLSv1.3", false);
                EnrolmentConnection connection = EnrolmentConnection.to(
                        URI.create("https://localhost:" + server.port()),
                        organisation.organisation(),
                        Clock.systemUTC(),
                        RANDOM)) {
            SyncException refused =
                    assertThrows(SyncException.class, () -> connection.codeStatus(Digest.sha256(new byte[] {1})));

            assertEquals(SyncException.Why.CHANNEL_DENIED, refused.why());
            assertEquals(0, server.applicationBytes.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void pinsOfAnotherRootAreNotTaken() throws Exception {
        DeviceIdentity identity =
                new DeviceIdentity(new Home(folder), new OneSealer(new MemorySealer(RANDOM, 5)), RANDOM);
        organisation.enrol(identity, URI.create("https://localhost:1"), 2);
        List<Digest> pins = List.of(Digest.ZERO, Digest.sha256(new byte[] {7}));

        assertEquals(false, identity.renewPins(new TestOrganisation().organisation(pins, 9)));
        assertEquals(false, identity.renewPins(organisation.organisation(pins, 1)));
        assertEquals(true, identity.renewPins(organisation.organisation(pins, 2)));
        assertEquals(pins, identity.enrolled().organisation().pins().pins());
    }
}
