package strongroom.vault.sync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Parses `text/event-stream` (WHATWG HTML §9.2.6) from bytes as they come: lines end with CR, LF or CRLF, also
/// when the two arrive apart; a line that begins with a colon is a comment; unknown fields are passed over. Lines
/// and events have a longest size. For one thread.
final class ServerSentEvents {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_EVENT = 16_384;
    private static final String DEFAULT_NAME = "message";

    /// Takes the events.
    @FunctionalInterface
    interface Listener {
        void event(String name, String data);
    }

    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private boolean afterReturn;
    private boolean first = true;

    ServerSentEvents(Listener listener) {
        this.listener = listener;
    }

    /// @throws IOException if a line or an event is longer than allowed: the stream is of no use any more
    void accept(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean secondOfPair = afterReturn && next == '\n';
            afterReturn = next == '\r';
            if (secondOfPair) {
                continue;
            }
            if (next == '\r' || next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                line(first ? withoutMark(text) : text);
                first = false;
            } else {
                if (line.size() >= LONGEST_LINE) {
                    throw new IOException("a line of the event stream is too long");
                }
                line.write(next);
            }
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void line(String text) throws IOException {
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            return;
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "event" -> name = value;
            case "data" -> {
                if (data.length() + value.length() > LONGEST_EVENT) {
                    throw new IOException("an event of the stream is too long");
                }
                data.append(value).append('\n');
            }
            default -> {
                // ids and retry times: the pull is the truth, and the waiting is our own
            }
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            listener.event(name.isEmpty() ? DEFAULT_NAME : name, data.toString());
        }
        data.setLength(0);
        name = "";
    }
}
