package strongroom.server.http;

import java.io.InputStream;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.device.Device;
import strongroom.server.people.Administrator;
import strongroom.server.refusal.RefusedException;

/// One request on its way to its route, with who asks already checked. For one thread.
public final class Call {
    private final Request request;
    private final Map<String, String> named;
    private final byte[] body;
    private final @Nullable Device device;
    private final @Nullable Administrator administrator;

    Call(
            Request request,
            Map<String, String> named,
            byte[] body,
            @Nullable Device device,
            @Nullable Administrator administrator) {
        this.request = request;
        this.named = named;
        this.body = body;
        this.device = device;
        this.administrator = administrator;
    }

    /// Parses what a client sent.
    @FunctionalInterface
    interface Parser<T> {
        T parse(byte[] sent) throws MalformedException;
    }

    /// The device that asks. Only on routes for devices.
    Device device() {
        if (device == null) {
            throw new IllegalStateException("this route is not for devices");
        }
        return device;
    }

    /// The administrator who asks. Only on routes for administrators.
    Administrator administrator() {
        if (administrator == null) {
            throw new IllegalStateException("this route is not for administrators");
        }
        return administrator;
    }

    /// An id in the path. @throws RefusedException MALFORMED
    Id id(String name) throws RefusedException {
        try {
            return Id.parse(segment(name));
        } catch (MalformedException e) {
            throw RefusedException.malformed("The path has no id of 32 hexadecimal digits.");
        }
    }

    /// A digest in the path. @throws RefusedException MALFORMED
    Digest digest(String name) throws RefusedException {
        try {
            return Digest.parse(segment(name));
        } catch (MalformedException e) {
            throw RefusedException.malformed("The path has no digest of 64 hexadecimal digits.");
        }
    }

    /// A number from 0 in the query, 0 if it is not there. @throws RefusedException MALFORMED
    long number(String name) throws RefusedException {
        Fields query = Request.extractQueryParameters(request);
        String value = query.getValue(name);
        if (value == null) {
            return 0;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw RefusedException.malformed("The query has no number from 0.");
        }
        return Long.parseLong(value);
    }

    /// The body, parsed. @throws RefusedException MALFORMED
    <T> T body(Parser<T> parser) throws RefusedException {
        try {
            return parser.parse(body);
        } catch (MalformedException e) {
            throw RefusedException.malformed("The body is not what this path takes.");
        }
    }

    /// The body of a route that reads it itself.
    InputStream stream() {
        return Request.asInputStream(request);
    }

    private String segment(String name) {
        String segment = named.get(name);
        if (segment == null) {
            throw new IllegalArgumentException("the path has no segment " + name);
        }
        return segment;
    }
}
