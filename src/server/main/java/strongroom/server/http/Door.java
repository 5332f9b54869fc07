package strongroom.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Digest;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.server.device.Device;
import strongroom.server.events.EventHub;
import strongroom.server.people.Administrator;
import strongroom.server.people.Administrators;
import strongroom.server.refusal.RefusedException;

/// The way in of one port: finds the route, finds out who asks before anything of the body is used, and says no in
/// the protocol's words. Runs on virtual threads, so what it calls may block.
final class Door extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private static final int DRAIN_BUFFER = 16 << 10;
    /// Somewhat more than the longest body that is taken; who sends more has the stream reset.
    private static final long DRAINED = 16L << 20;

    private final List<Route> routes;
    private final Callers callers;
    private final Administrators administrators;
    private final EventHub events;
    private final Clock clock;

    Door(List<Route> routes, Callers callers, Administrators administrators, EventHub events, Clock clock) {
        this.routes = routes;
        this.callers = callers;
        this.administrators = administrators;
        this.events = events;
        this.clock = clock;
    }

    private record Found(Route route, Map<String, String> named) {}

    @Override
    // The border of a request: whatever was not foreseen ends here, in the log and not at the client.
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(Wire.SERVER_TIME, clock.millis());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        try {
            // As it was sent, nothing decoded: no path of ours has anything to decode, so none has two spellings.
            List<Found> found = find(String.valueOf(request.getHttpURI().getPath()));
            for (Found one : found) {
                if (one.route.method().equals(request.getMethod())) {
                    enter(one, request, response, callback);
                    return true;
                }
            }
            drain(request);
            Refusals.sendWrongMethod(
                    response,
                    callback,
                    found.stream().map(one -> one.route.method()).sorted().toList());
        } catch (RefusedException e) {
            LOG.debug("{} refused: {}", request.getMethod(), e.refusal());
            drain(request);
            Refusals.send(response, callback, e);
        } catch (EofException e) {
            callback.failed(e);
        } catch (IOException | RuntimeException e) {
            Refusals.sendFailure(response, callback, e);
        }
        return true;
    }

    private void enter(Found found, Request request, Response response, Callback callback)
            throws RefusedException, IOException {
        Route route = found.route;
        Device device = route.access().port() == Access.Port.DEVICES ? callers.device(request) : null;
        if (device != null && route.access() == Access.ACTIVE_DEVICE) {
            device.requireActive();
        }
        byte[] body = route.bodyLimit() == Route.STREAMED ? new byte[0] : body(request, route.bodyLimit());
        Administrator administrator = route.access() == Access.ADMINISTRATOR ? administrator(request, body) : null;
        Answer answer = route.handling().handle(new Call(request, found.named, body, device, administrator));
        switch (answer) {
            case Answer.Nothing() -> {
                response.setStatus(HttpStatus.NO_CONTENT_204);
                response.write(true, null, callback);
            }
            case Answer.Body(String type, byte[] bytes) -> {
                response.setStatus(HttpStatus.OK_200);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
                response.write(true, ByteBuffer.wrap(bytes), callback);
            }
            case Answer.Events(Device listener) -> {
                JettyEventStream.open(events, listener.id(), request, response, callback);
                // An order may have closed the device between the check above and the stream being known.
                if (callers.device(request).status() != DeviceRecord.Status.ACTIVE) {
                    events.end(listener.id());
                }
            }
        }
    }

    private List<Found> find(String path) throws RefusedException {
        List<Found> found = routes.stream()
                .flatMap(route -> route.match(path).map(named -> new Found(route, named)).stream())
                .toList();
        if (found.isEmpty()) {
            throw RefusedException.notFound();
        }
        return found;
    }

    private Administrator administrator(Request request, byte[] body) throws RefusedException {
        String header = request.getHeaders().get(Wire.ADMINISTRATOR);
        return administrators.admit(
                header == null ? "" : header,
                request.getMethod(),
                request.getHttpURI().getPathQuery(),
                Digest.sha256(body));
    }

    private static byte[] body(Request request, int limit) throws RefusedException, IOException {
        if (request.getLength() > limit) {
            throw tooLarge();
        }
        try (InputStream in = Request.asInputStream(request)) {
            byte[] body = in.readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge();
            }
            return body;
        }
    }

    /// Reads away what the client is still sending. Over HTTP/2 an answer to an unread request resets the stream, and
    /// the client sees a broken connection where it should see why it was refused.
    private static void drain(Request request) {
        // Who waits for leave to send a body is told no instead.
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            return;
        }
        try (InputStream in = Request.asInputStream(request)) {
            byte[] away = new byte[DRAIN_BUFFER];
            long left = DRAINED;
            for (int read = in.read(away); read >= 0 && left > 0; read = in.read(away)) {
                left -= read;
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a refused request broke off");
        }
    }

    private static RefusedException tooLarge() {
        return new RefusedException(Refusal.TOO_LARGE, "The body is larger than this path takes.");
    }
}
