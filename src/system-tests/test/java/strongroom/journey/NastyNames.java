package strongroom.journey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The Big List of Naughty Strings, as names of files.
final class NastyNames {
    private static final int LONGEST = 255;

    private NastyNames() {}

    /// Those that the file system holds.
    static List<String> thatAFileMayHave() throws IOException {
        Assumptions.assumeTrue(
                "UTF-8".equals(System.getProperty("sun.jnu.encoding")), "the locale's names are not UTF-8");
        Path list = shared().resolve("vectors/blns/blns.json");
        Assumptions.assumeTrue(Files.exists(list), "the shared test material is not here");
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(list.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && isName(parser.getText())) {
                    names.add(parser.getText());
                }
            }
        }
        return names;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.indexOf('/') < 0
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    private static Path shared() {
        String named = System.getProperty("strongroom.shared");
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/vectors"))) {
                return at.resolve("shared");
            }
        }
        return Path.of("shared");
    }

    /// From what `ls -R --json` says of folders `nasty/n0`, `nasty/n1`…: the name of the one document in each.
    static Map<Integer, String> listed(String lines) throws IOException {
        Map<Integer, String> names = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            try (JsonParser parser = new JsonFactory().createParser(line)) {
                while (parser.nextToken() != null) {
                    if (parser.currentToken() == JsonToken.VALUE_STRING && "path".equals(parser.currentName())) {
                        String path = parser.getText().replaceFirst("^/?nasty/n", "");
                        int slash = path.indexOf('/');
                        if (slash > 0) {
                            names.put(Integer.valueOf(path.substring(0, slash)), path.substring(slash + 1));
                        }
                    }
                }
            }
        }
        return names;
    }

    /// The one file of a folder.
    static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.reduce((first, second) -> {
                        throw new IllegalStateException("two: " + first + " and " + second);
                    })
                    .orElseThrow();
        }
    }
}
