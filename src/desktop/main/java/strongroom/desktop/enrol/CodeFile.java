package strongroom.desktop.enrol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a code file says: the code, and perhaps a line with the server's address.
///
/// @param server empty if the file does not say @param code the rest of the text
record CodeFile(String server, String code) {
    private static final int LONGEST = 8192;

    static CodeFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
        }
    }

    static CodeFile of(String text) {
        String server = "";
        var code = new StringBuilder();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("https://")) {
                server = line;
            } else if (!line.startsWith("#")) {
                code.append(line);
            }
        }
        return new CodeFile(server, code.toString());
    }
}
