package strongroom.server.http;

import java.io.IOException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import strongroom.server.events.EventHub;
import strongroom.server.people.Administrators;

/// One TLS port: TLS 1.3 alone, AEAD alone, HTTP/2 and HTTP/1.1 by ALPN, and on the devices' port a certificate of
/// our own authority from everybody. The two ports are two servers: what belongs to one cannot be reached by the
/// other.
public final class Listener implements AutoCloseable {
    /// Key stores want a password; this one lives in memory alone.
    public static final String KEY_STORE_PASSWORD = "in memory";

    private static final int HEADERS = 16 << 10;
    private static final int STREAMS = 128;
    private static final int CONNECTIONS = 15_000;
    private static final int THREADS = 32;
    /// Longer than the time between two heartbeats of an event stream.
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;

    private Listener(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /// The keys and certificates of both ports.
    ///
    /// @param server key and chain of the server, under {@link #KEY_STORE_PASSWORD}
    /// @param devices the authority of the devices' certificates
    public record Identity(KeyStore server, KeyStore devices) {}

    /// Listens.
    ///
    /// @param port TCP port, 0 for any that is free
    public static Listener start(
            Access.Port kind,
            int port,
            Identity identity,
            Routes routes,
            Administrators administrators,
            EventHub events,
            Clock clock)
            throws IOException {
        List<Route> table = routes.table().stream()
                .filter(route -> route.access().port() == kind)
                .toList();
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName(kind.name());
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor(kind.name() + "-"));
        Server server = new Server(threads);
        server.setStopTimeout(STOP.toMillis());
        server.setErrorHandler(new PlainErrors(clock));
        server.setHandler(new Door(table, new Callers(routes.devices()), administrators, events, clock));
        ServerConnector connector =
                connector(server, tls(identity.server, kind == Access.Port.DEVICES ? identity.devices : null));
        connector.setPort(port);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        Listener listener = new Listener(server, connector);
        try {
            server.start();
            return listener;
        } catch (Exception e) {
            listener.close();
            throw new IOException("port " + port + " cannot be opened", e);
        }
    }

    /// The TCP port it listens on.
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("a port did not close", e);
        }
    }

    private static ServerConnector connector(Server server, SslContextFactory.Server tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADERS);
        // Clients check pins; the name they connect by may be an address or a tunnel's.
        http.addCustomizer(new SecureRequestCustomizer(false));
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(STREAMS);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
        alpn.setDefaultProtocol("http/1.1");
        ServerConnector connector = new ServerConnector(
                server,
                1,
                2,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                http2,
                new HttpConnectionFactory(http));
        connector.setIdleTimeout(IDLE.toMillis());
        return connector;
    }

    private static SslContextFactory.Server tls(KeyStore keys, @Nullable KeyStore clients) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keys);
        tls.setKeyStorePassword(KEY_STORE_PASSWORD);
        tls.setIncludeProtocols("TLSv1.3");
        tls.setIncludeCipherSuites("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");
        tls.setEndpointIdentificationAlgorithm(null);
        if (clients != null) {
            tls.setTrustStore(clients);
            tls.setNeedClientAuth(true);
        }
        return tls;
    }
}
