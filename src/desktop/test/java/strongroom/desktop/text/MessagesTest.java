package strongroom.desktop.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The texts and the code that names them belong together.
class MessagesTest {
    private static final Pattern KEY = Pattern.compile("\"([a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9_-]+)*)\"");
    private static final Pattern LITERAL_USE = Pattern.compile("Text\\.of\\(\\s*\"([^\"]+)\"\\s*[,)]");
    /// Keys that are put together from a value of an enumeration, a column, or the name of a folder.
    private static final List<String> COMPOSED = List.of(
            "unlock.reason.",
            "assurance.",
            "kind.",
            "shown.unit.",
            "table.column-",
            "table.trash-",
            "table.version-",
            "picker.");

    @Test
    void everyTextThatTheCodeNamesIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        Matcher uses = LITERAL_USE.matcher(code());
        while (uses.find()) {
            if (!messages().stringPropertyNames().contains(uses.group(1))) {
                missing.add(uses.group(1));
            }
        }

        assertEquals(Set.of(), missing);
    }

    @Test
    void noTextIsLeftOver() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher keys = KEY.matcher(code());
        while (keys.find()) {
            named.add(keys.group(1));
        }
        Set<String> unused = messages().stringPropertyNames().stream()
                .filter(key -> !named.contains(key))
                .filter(key -> COMPOSED.stream().noneMatch(key::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), unused);
    }

    @Test
    void noTextHasAPlainApostrophe() throws IOException {
        assertTrue(
                messages().values().stream().noneMatch(text -> text.toString().contains("'")),
                "a plain apostrophe switches placeholders off");
    }

    private static Properties messages() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(
                module().resolve("main/resources/strongroom/desktop/text/messages.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(module().resolve("main/java"))) {
            var all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("main/java/strongroom/desktop")) ? here : here.resolve("src/desktop");
    }
}
