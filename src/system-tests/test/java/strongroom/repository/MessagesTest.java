package strongroom.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The words on the screen: every key that the code asks for is there, and none is there for nothing.
final class MessagesTest {
    private static final Pattern ASKED_FOR = Pattern.compile("\\bText\\s*\\.of\\(\\s*\"([^\"]+)\"\\s*[,)]");
    private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z][\\w.]*)\"");

    @Test
    void everyKeyThatTheCodeAsksForIsDefined() throws IOException {
        Set<String> asked = literals(ASKED_FOR);

        asked.removeAll(keys());

        assertEquals(Set.of(), asked);
    }

    @Test
    void everyKeyThatIsDefinedIsUsed() throws IOException {
        Set<String> written = literals(LITERAL);
        // "unlock." + name: whoever builds a key names its beginning
        Set<String> beginnings =
                written.stream().filter(text -> text.endsWith(".")).collect(Collectors.toSet());

        Set<String> unused = keys();
        unused.removeIf(key -> written.contains(key) || beginnings.stream().anyMatch(key::startsWith));

        assertEquals(Set.of(), unused);
    }

    private static Set<String> keys() throws IOException {
        Repository repository = Repository.here();
        Set<String> keys = new TreeSet<>();
        for (Path file : repository.matching("src/[^/]+/main/resources/.*messages\\.properties")) {
            var properties = new Properties();
            properties.load(new StringReader(repository.read(file)));
            keys.addAll(properties.stringPropertyNames());
        }
        return keys;
    }

    private static Set<String> literals(Pattern pattern) throws IOException {
        Repository repository = Repository.here();
        Set<String> found = new TreeSet<>();
        for (Path source : repository.matching("src/desktop/main/java/.*\\.java")) {
            pattern.matcher(repository.read(source)).results().forEach(match -> found.add(match.group(1)));
        }
        return found;
    }
}
