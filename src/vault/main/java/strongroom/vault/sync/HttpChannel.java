package strongroom.vault.sync;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.vault.sync.SyncException.Why;
import strongroom.vault.sync.tls.PinnedTls;

/// HTTP over one pinned channel: no redirect, no cookie, no proxy credentials, no body longer than asked for. Safe
/// for several threads, up to {@link #CONNECTIONS} at once.
final class HttpChannel implements AutoCloseable {
    /// Requests that run side by side.
    static final int CONNECTIONS = 6;

    /// Content type of the canonical bodies.
    static final ContentType CANONICAL = ContentType.create(Wire.MEDIA_TYPE);

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout HANDSHAKE = Timeout.ofSeconds(15);
    private static final Timeout SILENCE = Timeout.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final PinnedTls tls;
    private final CloseableHttpClient client;

    /// What came back with a status below 400.
    ///
    /// @param body whole @param serverTime null if the server did not say
    record Answer(byte[] body, @Nullable Instant serverTime) {}

    HttpChannel(PinnedTls tls) {
        this.tls = tls;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(tls.strategy())
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS)
                        // Without it small requests wait 40 ms for a delayed acknowledgement.
                        .setDefaultSocketConfig(SocketConfig.custom()
                                .setTcpNoDelay(true)
                                .setSoTimeout(SILENCE)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                                .setTimeToLive(TimeValue.ofMinutes(10))
                                .build())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(HANDSHAKE)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(SILENCE)
                        .setResponseTimeout(SILENCE)
                        .setRedirectsEnabled(false)
                        .setContentCompressionEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setRetryStrategy(new OnceMore())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Strongroom")
                .build();
    }

    /// Asks. @param limit the longest body that is taken
    Answer get(String path, int limit) throws SyncException {
        return call(new HttpUriRequestBase("GET", uri(path)), limit);
    }

    /// Sends a body and expects at most `limit` bytes back.
    Answer send(String method, String path, byte[] body, ContentType type, int limit) throws SyncException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, uri(path));
        request.setEntity(new ByteArrayEntity(body, type));
        return call(request, limit);
    }

    private URI uri(String path) {
        return URI.create(tls.server() + path);
    }

    private Answer call(HttpUriRequestBase request, int limit) throws SyncException {
        Object answer;
        try {
            answer = client.execute(request, response -> {
                // The handler may throw HTTP and I/O exceptions only; a refusal travels as a value.
                SyncException refused = refusal(response);
                return refused != null ? refused : read(response, limit);
            });
        } catch (IOException e) {
            throw SyncException.ofChannel(tls.explain(e));
        }
        if (answer instanceof SyncException refused) {
            throw refused;
        }
        return (Answer) answer;
    }

    static @Nullable SyncException refusal(HttpResponse response) {
        int status = response.getCode();
        if (status >= 200 && status < 300) {
            return null;
        }
        Refusal named = named(response.getFirstHeader(Wire.REFUSAL));
        if (named == Refusal.PAUSED) {
            return SyncException.ofPause(pause(response.getFirstHeader(HttpHeaders.RETRY_AFTER)));
        }
        if (named != null) {
            return SyncException.ofRefusal(named);
        }
        return switch (status) {
            case 401, 403 -> SyncException.ofRefusal(Refusal.DEVICE_NOT_ACTIVE);
            case 404 -> SyncException.ofRefusal(Refusal.NOT_FOUND);
            case 413 -> SyncException.ofRefusal(Refusal.TOO_LARGE);
            case 507 -> SyncException.ofRefusal(Refusal.NO_ROOM);
            default ->
                new SyncException(
                        Why.OFFLINE,
                        "The server is not ready (status " + status + "). Work goes on; changes wait until it is.");
        };
    }

    /// Up to a day: what is longer is no pause that a person could wait for.
    private static Duration pause(@Nullable Header retryAfter) {
        try {
            long seconds = retryAfter == null ? 0 : Long.parseLong(retryAfter.getValue());
            return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_PAUSE.toSeconds()));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    private static @Nullable Refusal named(@Nullable Header header) {
        if (header == null) {
            return null;
        }
        return Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.name().equals(header.getValue()))
                .findFirst()
                .orElse(null);
    }

    private static Object read(ClassicHttpResponse response, int limit) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = new byte[0];
        if (entity != null) {
            if (entity.getContentLength() > limit) {
                return tooLong();
            }
            try (InputStream content = entity.getContent()) {
                body = content.readNBytes(limit);
                if (content.read() >= 0) {
                    return tooLong();
                }
            }
        }
        return new Answer(body, time(response.getFirstHeader(Wire.SERVER_TIME)));
    }

    private static SyncException tooLong() {
        return new SyncException(Why.CONTRADICTS, "The server sent more than was asked for. Nothing of it was used.");
    }

    private static @Nullable Instant time(@Nullable Header header) {
        if (header == null) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(Long.parseLong(header.getValue()));
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    /// Breaks off what is under way, too.
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /// A pooled connection that the server closed meanwhile is met by one more try of the same request. An answer is an
    /// answer: who typed a PIN is told of a pause, and does not wait through it.
    private static final class OnceMore extends DefaultHttpRequestRetryStrategy {
        private OnceMore() {
            super(1, TimeValue.ofMilliseconds(100));
        }

        @Override
        public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
            return false;
        }
    }
}
