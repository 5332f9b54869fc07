package strongroom.vault.store.text;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Documents that others made to break readers: each ends within the time in text, in nothing, or in a reason.
class BrokenContentIT {
    private static final Duration AT_MOST = TextLimits.OFFICE.time().plusSeconds(5);

    private final TextExtractor extractor = new TextExtractor(TextLimits.OFFICE);

    @TestFactory
    Stream<DynamicTest> aBrokenDocumentNeitherHangsNorThrows() throws IOException {
        return Stream.of("pdf", "format-corpus", "png", "ooxml-ole", "zip", "blns")
                .flatMap(folder -> files(vectors(folder)))
                .map(file -> DynamicTest.dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(),
                        () -> assertTimeout(AT_MOST, () -> extract(file))));
    }

    private void extract(Path file) throws IOException {
        // Told by their content and by an ending that leads astray.
        for (String name : List.of(file.getFileName().toString(), "a.docx", "a.eml", "a.html")) {
            try (InputStream content = Files.newInputStream(file)) {
                assertNotNull(extractor.extract(name, content, () -> false));
            }
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path vectors(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared").resolve("vectors").resolve(name))) {
                return at.resolve("shared").resolve("vectors").resolve(name);
            }
        }
        Assumptions.abort("no test material: " + name);
        return Path.of(name);
    }
}
