package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The journey with folders that nobody prepared for it: what is well is shown, what is not says so in a sentence.
class AnybodysFolderIT {
    private Path folder;

    @BeforeEach
    void empty() throws IOException {
        folder = TempFolder.make();
    }

    @AfterEach
    void remove() throws IOException {
        TempFolder.remove(folder);
    }

    @Test
    void holdsForFoldersFullOfAnythingWithOneEmptyDocumentAndWithNothing() throws IOException, InterruptedException {
        Path anything = AnyFolder.ofEverything(folder.resolve("documents"));
        Path empty = AnyFolder.ofOneEmptyDocument(folder.resolve("documents"));
        Path nothing = Files.createDirectory(folder.resolve("documents").resolve("Nothing yet"));
        Path pictures = Path.of("target", "anybodys-folder");
        Journey journey =
                new Journey(folder, pictures, null, new PrintStream(System.out, true, StandardCharsets.UTF_8));

        journey.playAtOneLaptop(List.of(anything, empty, nothing));

        List<String> seen = journey.seen();
        assertSeen(seen, "A plain text.txt: is shown");
        assertSeen(seen, "A picture.png: is shown");
        assertSeen(seen, "A contract.pdf: is shown");
        assertSeen(seen, "Aborted download.pdf: This document is damaged or not what its name says");
        assertSeen(seen, "Aborted download.png: This document is damaged or not what its name says");
        assertSeen(seen, "empty.txt: This document is empty.");
        assertEquals(
                2,
                seen.stream()
                        .filter(line -> line.contains("This document is empty"))
                        .count());
    }

    private static void assertSeen(List<String> seen, String start) {
        assertTrue(seen.stream().anyMatch(line -> line.startsWith(start)), () -> start + " in " + seen);
    }
}
