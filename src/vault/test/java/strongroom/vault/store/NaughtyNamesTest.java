package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Names;

/// The Big List of Naughty Strings as names.
class NaughtyNamesTest {
    @TempDir
    Path folder;

    @Test
    void everyNaughtyStringIsKeptToTheCharacterOrRefused() throws Exception {
        List<String> strings = naughtyStrings();
        Map<Id, String> kept = new LinkedHashMap<>();
        try (Device device = Device.alone(folder.resolve("store"))) {
            for (String name : strings) {
                @Nullable String problem = Names.problem(name);
                if (problem != null) {
                    VaultStoreTest.assertRefused(
                            StoreException.Why.NAME_REFUSED, () -> device.documents.makeFolder(device.root(), name));
                    continue;
                }
                Id parent = device.documents.list(device.root()).stream()
                                .anyMatch(item -> Names.key(item.name()).equals(Names.key(name)))
                        ? device.documents
                                .makeFolder(device.root(), "folder " + kept.size())
                                .id()
                        : device.root();
                kept.put(device.documents.makeFolder(parent, name).id(), name);
            }
            device.reopen();

            assertTrue(kept.size() > 300, "kept " + kept.size());
            for (Map.Entry<Id, String> entry : kept.entrySet()) {
                assertEquals(
                        entry.getValue(), device.documents.entry(entry.getKey()).name());
            }
        }
    }

    private static List<String> naughtyStrings() throws Exception {
        Path list = shared().resolve("vectors/blns/blns.json");
        Assumptions.assumeTrue(Files.exists(list), "the shared test material is not here");
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(list.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
            }
        }
        return strings;
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
}
