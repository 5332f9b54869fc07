package strongroom.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import strongroom.protocol.Id;
import strongroom.server.events.EventHub;
import strongroom.server.events.EventStream;

/// Server-sent events (WHATWG HTML §9.2) on one response. No thread waits: the next piece is written when the one
/// before is out. A reader that does not read is dropped when a few pieces have piled up; it will ask again.
final class JettyEventStream extends IteratingCallback implements EventStream {
    private static final int PENDING = 64;

    private final Response response;
    private final Callback whole;
    private final Runnable gone;
    private final Object lock = new Object();
    private final Queue<String> pending = new ArrayDeque<>();
    private boolean ending;
    private boolean ended;

    private JettyEventStream(EventHub hub, Id device, Response response, Callback whole) {
        this.response = response;
        this.whole = whole;
        this.gone = () -> hub.forget(device, this);
    }

    /// Begins the response and makes the stream known to the hub; `whole` is completed when it ends.
    static void open(EventHub hub, Id device, Request request, Response response, Callback whole) {
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
        JettyEventStream stream = new JettyEventStream(hub, device, response, whole);
        request.addFailureListener(stream::abort);
        hub.open(device, stream);
    }

    @Override
    public void send(String name, String data) {
        offer("event: " + name + "\ndata: " + data + "\n\n");
    }

    @Override
    public void heartbeat() {
        offer(":\n\n");
    }

    @Override
    public void end() {
        synchronized (lock) {
            ending = true;
        }
        iterate();
    }

    private void offer(String piece) {
        boolean slow;
        synchronized (lock) {
            if (ending) {
                return;
            }
            slow = pending.size() >= PENDING;
            if (!slow) {
                pending.add(piece);
            }
        }
        if (slow) {
            abort(new IOException("the reader of events does not read"));
        } else {
            iterate();
        }
    }

    @Override
    protected Action process() {
        ByteBuffer next;
        boolean last;
        synchronized (lock) {
            String piece = pending.poll();
            last = piece == null;
            if (last && ended) {
                return Action.SUCCEEDED;
            }
            if (last && !ending) {
                return Action.IDLE;
            }
            ended = last;
            next = StandardCharsets.UTF_8.encode(piece == null ? "" : piece);
        }
        response.write(last, next, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        gone.run();
        whole.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        gone.run();
        whole.failed(cause);
    }
}
