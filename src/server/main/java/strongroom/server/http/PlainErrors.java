package strongroom.server.http;

import java.time.Clock;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;

/// What Jetty refuses before a route is reached (headers too long, paths that are not one) in the same form as all
/// refusals, without Jetty's page.
final class PlainErrors extends ErrorHandler {
    private final Clock clock;

    PlainErrors(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(Wire.SERVER_TIME, clock.millis());
        boolean theirs = code >= 400 && code < 500;
        Refusals.send(
                response,
                callback,
                code,
                theirs ? Refusal.MALFORMED : null,
                theirs ? "This is not a request of the protocol." : "The server failed. Its log says why.");
    }
}
