package strongroom.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.server.refusal.RefusedException;

/// Refusals and failures as HTTP: a status, the refusal's name in a header, one sentence in the body. Never a stack
/// trace, a file name or a statement of the database.
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    static int status(Refusal refusal) {
        return switch (refusal) {
            case MALFORMED -> HttpStatus.BAD_REQUEST_400;
            case DEVICE_NOT_ACTIVE, NOT_ADMINISTRATOR -> HttpStatus.FORBIDDEN_403;
            case CODE_UNKNOWN, NOT_FOUND -> HttpStatus.NOT_FOUND_404;
            case CODE_USED, CHUNK_DIFFERS, CONFLICT -> HttpStatus.CONFLICT_409;
            case CODE_EXPIRED -> HttpStatus.GONE_410;
            case HEAD_MOVED -> HttpStatus.PRECONDITION_FAILED_412;
            case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE_413;
            case CHUNK_MISSING -> HttpStatus.UNPROCESSABLE_ENTITY_422;
            case PAUSED -> HttpStatus.TOO_MANY_REQUESTS_429;
            case NO_ROOM -> HttpStatus.INSUFFICIENT_STORAGE_507;
        };
    }

    static void send(Response response, Callback callback, RefusedException refused) {
        send(response, callback, status(refused.refusal()), refused.refusal(), refused.sentence());
    }

    static void sendWrongMethod(Response response, Callback callback, List<String> allowed) {
        response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", allowed));
        send(
                response,
                callback,
                HttpStatus.METHOD_NOT_ALLOWED_405,
                Refusal.MALFORMED,
                "This path does not take this method.");
    }

    /// What is not a refusal: a full disk, a request that broke off, or a bug.
    static void sendFailure(Response response, Callback callback, Throwable failure) {
        if (isFull(failure)) {
            LOG.error("the disk of the database is full");
            send(response, callback, new RefusedException(Refusal.NO_ROOM, "The server has no room left."));
        } else if (failure instanceof HttpException broken && broken.getCode() < HttpStatus.INTERNAL_SERVER_ERROR_500) {
            send(response, callback, broken.getCode(), Refusal.MALFORMED, "The request broke off or is not HTTP.");
        } else {
            LOG.error("a request failed", failure);
            send(
                    response,
                    callback,
                    HttpStatus.INTERNAL_SERVER_ERROR_500,
                    null,
                    "The server failed. Its log says why.");
        }
    }

    static void send(Response response, Callback callback, int status, @Nullable Refusal refusal, String sentence) {
        if (response.isCommitted()) {
            callback.failed(new IllegalStateException("the answer had begun"));
            return;
        }
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        if (refusal != null) {
            response.getHeaders().put(Wire.REFUSAL, refusal.name());
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static boolean isFull(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL) {
                return true;
            }
        }
        return false;
    }
}
