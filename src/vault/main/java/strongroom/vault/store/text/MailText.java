package strongroom.vault.store.text;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a message (RFC 5322, 2045 to 2047): who, to whom, about what, its parts, and what is attached to it.
final class MailText {
    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?([^?\\s]{1,40})\\?([bBqQ])\\?([^?\\s]{0,1000})\\?=(?:\\s+(?==\\?))?");
    private static final int HEADERS_LIMIT = 64 << 10;

    private final TextSink sink;
    private final Budget budget;

    MailText(TextSink sink, Budget budget) {
        this.sink = sink;
        this.budget = budget;
    }

    /// @param depth how deep this lies in others already
    void read(byte[] message, int depth) throws IOException {
        // One character a byte, so that every part can still be decoded by its own rules.
        entity(new String(message, StandardCharsets.ISO_8859_1), depth);
    }

    private void entity(String raw, int depth) throws IOException {
        budget.part();
        if (depth > budget.limits().nesting() + 2) {
            return;
        }
        String mail = raw.startsWith("\n") || raw.startsWith("\r\n") ? "\n" + raw : raw;
        int end = bodyOf(mail);
        Map<String, String> headers = headers(mail.substring(0, Math.min(end, HEADERS_LIMIT)));
        for (String shown : new String[] {"from", "to", "cc", "subject"}) {
            sink.add(words(headers.getOrDefault(shown, "")));
            sink.gap();
        }
        String type = headers.getOrDefault("content-type", "text/plain");
        String kind = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String body = mail.substring(end);
        String boundary = parameter(type, "boundary");
        if (kind.startsWith("multipart/") && !boundary.isEmpty()) {
            parts(body, boundary, depth);
        } else {
            leaf(headers, type, kind, body, depth);
        }
    }

    private void parts(String body, String boundary, int depth) throws IOException {
        String mark = "--" + boundary;
        int at = body.indexOf(mark);
        while (at >= 0) {
            int begin = body.indexOf('\n', at + mark.length());
            if (begin < 0 || body.startsWith("--", at + mark.length())) {
                return;
            }
            int next = body.indexOf("\n" + mark, begin);
            entity(body.substring(begin + 1, next < 0 ? body.length() : Math.max(begin + 1, next)), depth + 1);
            at = next < 0 ? -1 : next + 1;
        }
    }

    private void leaf(Map<String, String> headers, String type, String kind, String body, int depth)
            throws IOException {
        byte[] content = decoded(body, headers.getOrDefault("content-transfer-encoding", ""));
        if (kind.equals("message/rfc822")) {
            entity(new String(content, StandardCharsets.ISO_8859_1), depth + 1);
        } else if (kind.startsWith("text/")) {
            Charset charset = Characters.named(parameter(type, "charset"));
            String text = charset == null ? Characters.decode(content, false) : Characters.decode(content, charset);
            if (text != null && kind.equals("text/html")) {
                HtmlText.read(text, sink);
            } else if (text != null) {
                sink.add(text);
            }
        } else {
            attached(headers, type, content, depth);
        }
        sink.gap();
    }

    private void attached(Map<String, String> headers, String type, byte[] content, int depth) throws IOException {
        String disposition = headers.getOrDefault("content-disposition", "");
        String name = parameter(disposition, "filename");
        String shown = words(name.isEmpty() ? parameter(type, "name") : name);
        sink.add(shown);
        sink.gap();
        try {
            new Reading(sink, budget).read(shown, content, depth + 1);
        } catch (GivenUpException | TextSink.FullException e) {
            throw e;
        } catch (IOException e) {
            // A broken attachment does not hide the message around it.
            return;
        }
    }

    /// Where the body begins, behind the first empty line.
    private static int bodyOf(String mail) {
        int unix = mail.indexOf("\n\n");
        int windows = mail.indexOf("\n\r\n");
        boolean isUnix = windows < 0 || unix >= 0 && unix < windows;
        int end = isUnix ? unix + 2 : windows + 3;
        return unix < 0 && windows < 0 ? mail.length() : end;
    }

    private static Map<String, String> headers(String block) {
        Map<String, String> headers = new TreeMap<>();
        String name = "";
        for (String line : block.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                headers.computeIfPresent(name, (key, value) -> value + " " + line.strip());
            } else if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.putIfAbsent(name, line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String parameter(String header, String name) {
        for (String part : header.split(";", 64)) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
                String value = part.substring(equals + 1).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }

    /// A header with its encoded words resolved.
    private static String words(String header) {
        String plain = Characters.decode(header.getBytes(StandardCharsets.ISO_8859_1), false);
        Matcher words = ENCODED_WORD.matcher(plain == null ? "" : plain);
        return words.replaceAll(word -> {
            Charset charset = Characters.named(word.group(1));
            byte[] bytes = word.group(2).equalsIgnoreCase("b")
                    ? base64(word.group(3))
                    : quotedPrintable(word.group(3).replace('_', ' '));
            return Matcher.quoteReplacement(
                    Characters.decode(bytes, charset == null ? StandardCharsets.UTF_8 : charset));
        });
    }

    private static byte[] decoded(String body, String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(body);
            case "quoted-printable" -> quotedPrintable(body);
            default -> body.getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private static byte[] base64(String text) {
        byte[] kept = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '/')) {
                kept[length++] = (byte) c;
            }
        }
        // A single digit behind the last group says nothing.
        length -= length % 4 == 1 ? 1 : 0;
        return Base64.getDecoder().decode(Arrays.copyOf(kept, length));
    }

    private static byte[] quotedPrintable(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '=') {
                bytes[length++] = (byte) c;
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high >= 0 && low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                // A soft line break, or an equals sign that should not be there.
                i += text.startsWith("\r\n", i + 1) ? 2 : text.startsWith("\n", i + 1) ? 1 : 0;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
