package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;

/// Many, long and deep. The full measure is asked for by properties, see the fields.
class LimitsIT {
    private static final int DOCUMENTS = Integer.getInteger("strongroom.documents", 3_000);
    private static final long LENGTH = Long.getLong("strongroom.gibibytes", 1) << 30;
    private static final int LEVELS = 200;

    @TempDir
    Path folder;

    @Test
    void aVeryLongDocumentComesInAndOutInLittleMemory() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VeryLongDocument.class.getName(),
                        folder.resolve("store").toString(),
                        String.valueOf(LENGTH))
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), said);
        assertEquals(
                List.of("saved " + LENGTH, "read", "damages 0"), said.lines().toList());
    }

    @Test
    void manyDocumentsInOneFolderAreListedSortedRemovedAndBroughtBack() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < DOCUMENTS; i++) {
            Files.writeString(sources.resolve("document " + i + ".txt"), i % 10 == 0 ? "" : "text of " + i);
        }
        try (Device device = Device.alone(folder.resolve("store"))) {
            ImportResult result = device.documents.importFrom(List.of(sources), device.root(), ImportWatch.NONE);
            assertEquals(DOCUMENTS, result.added().size());

            device.reopen();

            Id many = device.documents.find("many").id();
            List<Item> listed = device.documents.list(many);
            assertEquals(DOCUMENTS, listed.size());
            assertEquals("document 0.txt", listed.getFirst().name());
            assertEquals(
                    "document " + (DOCUMENTS - 1) + ".txt", listed.getLast().name());
            assertEquals(
                    "text of " + (DOCUMENTS - 1), device.read(listed.getLast().id()));
            assertEquals(List.of(), device.store.verify(false, VerifyWatch.NONE).damages());

            device.documents.remove(many);
            assertEquals(DOCUMENTS, device.documents.trash().list().getFirst().documents());
            device.documents.trash().restore(many);
            assertEquals(DOCUMENTS, device.documents.list(many).size());
        }
    }

    @Test
    void foldersMayLieInEachOtherTwoHundredDeep() throws Exception {
        try (Device device = Device.alone(folder.resolve("store"))) {
            Id at = device.root();
            StringBuilder path = new StringBuilder();
            for (int level = 0; level < LEVELS; level++) {
                at = device.documents.makeFolder(at, "level " + level).id();
                path.append("level ").append(level).append('/');
            }
            Item deep = device.documents.save(at, "deep.txt", Device.NOW, Device.stream("deep"), 4);
            device.reopen();

            assertEquals(path + "deep.txt", device.documents.path(deep.id()));
            assertEquals("deep", device.read(path + "deep.txt"));
            Id top = device.documents.find("level 0").id();
            device.documents.remove(top);
            assertTrue(device.names().isEmpty());
            device.documents.trash().restore(top);
            assertEquals("deep", device.read(path + "deep.txt"));
        }
    }
}
