package strongroom.oprf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// The vectors of RFC 9497, read from where they lie beside the repository; a test without them is aborted and
/// says so.
final class Vectors {
    private static final int VOPRF = 1;

    private Vectors() {}

    /// One object of the file.
    record Case(Map<?, ?> fields) {
        String text(String name) {
            return String.valueOf(fields.get(name));
        }

        byte[] hex(String name) {
            return bytes(text(name));
        }

        /// What a batch has of each of its inputs.
        List<byte[]> each(String name) {
            return List.of(text(name).split(",")).stream().map(Case::bytes).toList();
        }

        Case object(String name) {
            return new Case((Map<?, ?>) fields.get(name));
        }

        private static byte[] bytes(String hex) {
            return HexFormat.of().parseHex(hex);
        }
    }

    /// The suite's key, and its runs under `vectors`.
    static Case voprf() {
        for (Object each : (List<?>) json(file("vectors/oprf/rfc9497.json"))) {
            Case suite = new Case((Map<?, ?>) each);
            if (suite.text("identifier").equals("P256-SHA256")
                    && suite.text("mode").equals(String.valueOf(VOPRF))) {
                return suite;
            }
        }
        throw new AssertionError("no vectors of this suite");
    }

    static List<Case> runs() {
        return ((List<?>) voprf().fields().get("vectors"))
                .stream().map(each -> new Case((Map<?, ?>) each)).toList();
    }

    private static Path file(String path) {
        String named = System.getProperty("strongroom.shared");
        if (named != null) {
            return existing(Path.of(named, path));
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("shared").resolve(path))) {
            folder = folder.getParent();
        }
        return existing(
                folder == null ? Path.of(path) : folder.resolve("shared").resolve(path));
    }

    private static Path existing(Path file) {
        Assumptions.assumeTrue(Files.exists(file), () -> "test vectors are not on this machine: " + file);
        return file;
    }

    private static Object json(Path file) {
        try (JsonParser parser = new JsonFactory().createParser(Files.newInputStream(file))) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield values;
            }
            default -> parser.getText();
        };
    }
}
