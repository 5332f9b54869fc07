package strongroom.server.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import strongroom.server.refusal.RefusedException;

/// One line of the table of routes.
///
/// @param method HTTP method
/// @param path segments behind slashes; one in braces matches anything and is named
/// @param access who may use it
/// @param bodyLimit longest body in bytes; {@link #STREAMED} if the handling reads and limits it itself
/// @param handling what is done
public record Route(String method, String path, Access access, int bodyLimit, Handling handling) {
    /// The body is not read beforehand.
    static final int STREAMED = -1;

    /// Answers a call.
    @FunctionalInterface
    public interface Handling {
        /// @throws RefusedException if it is not granted
        /// @throws IOException if the disk or the client broke off
        Answer handle(Call call) throws RefusedException, IOException;
    }

    /// The named segments, if `asked` is this path.
    Optional<Map<String, String>> match(String asked) {
        String[] pattern = path.split("/", -1);
        String[] segments = asked.split("/", -1);
        if (pattern.length != segments.length) {
            return Optional.empty();
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{") && !segments[i].isEmpty()) {
                named.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
            } else if (!pattern[i].equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(named);
    }
}
