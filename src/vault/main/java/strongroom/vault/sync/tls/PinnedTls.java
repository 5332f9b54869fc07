package strongroom.vault.sync.tls;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Organisation;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.identity.Enrolment;

/// TLS 1.3 to one server, and to no other. Immutable but for the note that a provisional one takes; safe for several
/// threads. Pins are fixed when it is made: with new pins a new one is made.
public final class PinnedTls {
    private static final String[] VERSIONS = {"TLSv1.3"};

    private final URI server;
    private final SSLContext context;
    private final @Nullable NotedTrust noted;

    private PinnedTls(
            URI server, X509ExtendedTrustManager trust, @Nullable DeviceCertificate device, SecureRandom random) {
        this.server = server;
        this.noted = trust instanceof NotedTrust notes ? notes : null;
        try {
            this.context = SSLContext.getInstance("TLSv1.3");
            KeyManager[] keys = device == null ? new KeyManager[0] : new KeyManager[] {device};
            context.init(keys, new TrustManager[] {trust}, random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /// To the port for devices, with this device's certificate: pins, authority, host name.
    public static PinnedTls forDevice(Enrolment enrolment, PrivateKey tlsKey, Clock clock, SecureRandom random)
            throws MalformedException {
        URI server = enrolment.deviceServer();
        return new PinnedTls(
                server,
                new PinnedTrust(hostOf(server), pins(enrolment.organisation()), pathTo(enrolment.authority()), clock),
                new DeviceCertificate(enrolment.certificate(), tlsKey),
                random);
    }

    /// To the enrolment port of a server whose organisation is known and whose authority is not: pins, host name
    /// and dates.
    public static PinnedTls forEnrolment(URI server, Organisation organisation, Clock clock, SecureRandom random)
            throws MalformedException {
        return new PinnedTls(server, new PinnedTrust(hostOf(server), pins(organisation), null, clock), null, random);
    }

    /// To the enrolment port of a server of which nothing is known. Good for asking for the organisation and for
    /// nothing else; then {@link #belongsTo} must hold.
    public static PinnedTls provisional(URI server, SecureRandom random) {
        return new PinnedTls(server, new NotedTrust(), null, random);
    }

    /// Checks the server that a provisional connection spoke to.
    ///
    /// @throws ChannelDeniedException if its key is none of those the organisation's root signed
    public void belongsTo(Organisation organisation) throws ChannelDeniedException {
        try {
            Digest key = noted == null ? null : noted.key();
            if (key != null && pins(organisation).contains(key)) {
                return;
            }
        } catch (MalformedException e) {
            throw new ChannelDeniedException(
                    ChannelDeniedException.Reason.WRONG_KEY,
                    "The server at " + hostOf(server) + " names keys that its organisation did not sign."
                            + " Check the address, or tell your administrator.",
                    e);
        }
        throw new ChannelDeniedException(
                ChannelDeniedException.Reason.WRONG_KEY,
                "The server at " + hostOf(server) + " does not have the key that the organisation named."
                        + " Somebody may sit in between. Tell your administrator.");
    }

    /// Which server.
    public URI server() {
        return server;
    }

    /// For HttpClient, blocking and not.
    public DefaultClientTlsStrategy strategy() {
        // PinnedTrust compares the host name itself; the engine's own check stands behind it.
        return new DefaultClientTlsStrategy(
                context,
                VERSIONS.clone(),
                null,
                SSLBufferMode.STATIC,
                noted == null ? HostnameVerificationPolicy.BUILTIN : HostnameVerificationPolicy.CLIENT,
                noted == null ? HttpsSupport.getDefaultHostnameVerifier() : (host, session) -> true);
    }

    /// What a failed call means: {@link ChannelDeniedException} or {@link UnreachableException}.
    public IOException explain(IOException failure) {
        return ChannelFailure.of(failure, hostOf(server));
    }

    private static Set<Digest> pins(Organisation organisation) throws MalformedException {
        return Set.copyOf(organisation.pins().pins());
    }

    private static String hostOf(URI server) {
        String host = server.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static X509ExtendedTrustManager pathTo(X509Certificate authority) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("authority", authority);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has PKIX", e);
        }
    }
}
