package strongroom.vault.sync;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import strongroom.vault.sync.SyncException.Why;
import strongroom.vault.sync.tls.PinnedTls;

/// One event stream of the device port, over HTTP/2. Events are hints; what they hint at is pulled. A stream that is
/// silent for longer than {@link #SILENCE}, in spite of the server's heartbeats, counts as gone. Each run has a
/// connection of its own, so that nothing of a broken one is used again.
public final class EventStream {
    /// The server sends a heartbeat at once and every 25 seconds.
    static final Duration SILENCE = Duration.ofSeconds(70);

    private final PinnedTls tls;
    private final Duration silence;

    EventStream(PinnedTls tls) {
        this(tls, SILENCE);
    }

    EventStream(PinnedTls tls, Duration silence) {
        this.tls = tls;
        this.silence = silence;
    }

    /// Takes the events. Called on a thread of the connection; must return at once.
    public interface Listener {
        /// The stream stands: what happened before must be pulled now.
        void open();

        /// @param name of {@link strongroom.protocol.Wire} @param data as sent
        void event(String name, String data);
    }

    /// Listens until the stream ends; always throws.
    ///
    /// @throws SyncException saying how it ended
    /// @throws InterruptedException if the thread was interrupted; the connection is closed then
    void run(Listener listener) throws SyncException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        AtomicLong heard = new AtomicLong(System.nanoTime());
        CloseableHttpAsyncClient client = client();
        try {
            client.start();
            URI uri = URI.create(tls.server() + "/v1/events");
            SimpleHttpRequest request = SimpleHttpRequest.create("GET", uri);
            request.setHeader(new BasicHeader("Accept", "text/event-stream"));
            Future<?> running = client.execute(
                    SimpleRequestProducer.create(request),
                    new Consumer(listener, heard),
                    new FutureCallback<@Nullable Void>() {
                        @Override
                        public void completed(@Nullable Void result) {
                            ended.countDown();
                        }

                        @Override
                        public void failed(Exception e) {
                            failure.set(e);
                            ended.countDown();
                        }

                        @Override
                        public void cancelled() {
                            ended.countDown();
                        }
                    });
            awaitEnd(ended, heard);
            running.cancel(true);
        } finally {
            client.close(CloseMode.IMMEDIATE);
        }
        throw reason(failure.get());
    }

    private void awaitEnd(CountDownLatch ended, AtomicLong heard) throws InterruptedException {
        long left = silence.toNanos();
        while (left > 0 && !ended.await(left, TimeUnit.NANOSECONDS)) {
            left = silence.toNanos() - (System.nanoTime() - heard.get());
        }
    }

    private SyncException reason(@Nullable Exception failure) {
        return switch (failure) {
            case null -> new SyncException(Why.OFFLINE, "The server closed the connection.");
            case Refused refused -> refused.refusal;
            case IOException io -> SyncException.ofChannel(tls.explain(io));
            default -> new SyncException(Why.OFFLINE, "The connection to the server broke.", failure);
        };
    }

    private CloseableHttpAsyncClient client() {
        return H2AsyncClientBuilder.create()
                .setTlsStrategy(tls.strategy())
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(10))
                        .setSocketTimeout(Timeout.of(silence.plusSeconds(5)))
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        // On an HTTP/2 stream this is the longest silence, not the time to the first byte.
                        .setResponseTimeout(Timeout.of(silence.plusSeconds(5)))
                        .setRedirectsEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Strongroom")
                .build();
    }

    /// The server answered and the answer is no stream.
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient SyncException refusal;

        Refused(SyncException refusal) {
            super(refusal);
            this.refusal = refusal;
        }
    }

    private static final class Consumer extends AbstractBinResponseConsumer<@Nullable Void> {
        private final Listener listener;
        private final AtomicLong heard;
        private final ServerSentEvents events;

        Consumer(Listener listener, AtomicLong heard) {
            this.listener = listener;
            this.heard = heard;
            this.events = new ServerSentEvents(listener::event);
        }

        @Override
        protected void start(HttpResponse response, @Nullable ContentType type) throws IOException {
            heard.set(System.nanoTime());
            SyncException refusal = HttpChannel.refusal(response);
            if (refusal != null) {
                throw new Refused(refusal);
            }
            if (type == null || !"text/event-stream".equals(type.getMimeType())) {
                throw new Refused(new SyncException(Why.OFFLINE, "The server does not offer events."));
            }
            listener.open();
        }

        @Override
        protected int capacityIncrement() {
            return 65_536;
        }

        @Override
        protected void data(ByteBuffer source, boolean endOfStream) throws IOException {
            heard.set(System.nanoTime());
            events.accept(source);
        }

        @Override
        protected @Nullable Void buildResult() {
            return null;
        }

        @Override
        public void releaseResources() {
            // nothing is held
        }
    }
}
