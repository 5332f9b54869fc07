package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Refusal;
import strongroom.server.http.RecoveryRoutes;
import strongroom.server.http.Routes;

/// `docs/wire-protocol.md` is what a stranger writes a client from, so it leaves nothing out.
class DocumentationTest {
    private static String page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs").resolve("wire-protocol.md"))) {
            root = root.getParent();
        }
        return Files.readString(root.resolve("docs").resolve("wire-protocol.md"));
    }

    @Test
    void everyRouteIsDescribed() throws Exception {
        String page = page();

        List<String> missing = new Routes(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new RecoveryRoutes(null, null, null))
                .table().stream()
                        .map(route -> "`" + route.method() + " " + route.path())
                        .filter(route -> !page.contains(route + "`") && !page.contains(route + "?after="))
                        .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void everyRefusalIsDescribed() throws Exception {
        String page = page();

        List<Refusal> missing = Stream.of(Refusal.values())
                .filter(refusal -> !page.contains("| `" + refusal + "` |"))
                .toList();

        assertEquals(List.of(), missing);
    }
}
