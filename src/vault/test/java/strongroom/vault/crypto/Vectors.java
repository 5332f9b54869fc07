package strongroom.vault.crypto;

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

/// Published test vectors, read from where they lie beside the repository (see docs of the tests); a test without
/// them is aborted and says so.
final class Vectors {
    private Vectors() {}

    /// One object of a JSON file.
    record Case(Map<String, Object> fields) {
        String text(String name) {
            return String.valueOf(fields.get(name));
        }

        int number(String name) {
            return ((Number) fields.get(name)).intValue();
        }

        byte[] hex(String name) {
            return HexFormat.of().parseHex(text(name));
        }

        boolean isValid() {
            return text("result").equals("valid");
        }

        List<Case> list(String name) {
            return cases(fields.get(name));
        }

        @Override
        public String toString() {
            return "#" + fields.get("tcId") + " " + fields.get("comment") + " " + fields.get("flags");
        }
    }

    /// The groups of a Wycheproof file.
    static List<Case> wycheproof(String name) {
        return cases(((Map<?, ?>) json(file("vectors/wycheproof/" + name))).get("testGroups"));
    }

    /// A file that is one list.
    static List<Case> list(String path) {
        return cases(json(file(path)));
    }

    static Path file(String path) {
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

    private static List<Case> cases(Object list) {
        List<Case> cases = new ArrayList<>();
        for (Object each : (List<?>) list) {
            Map<String, Object> fields = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((name, value) -> fields.put((String) name, value));
            cases.add(new Case(fields));
        }
        return cases;
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
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> "";
            default -> parser.getText();
        };
    }
}
