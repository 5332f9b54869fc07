package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vault of nobody, to rehearse an unlock with.
class RehearsedVaultTest {
    @TempDir
    private Path folder;

    @Test
    void itOpensAsARealOneDoesAndLeavesNothing() throws Exception {
        Library library;
        try (RehearsedVault vault = RehearsedVault.make(folder)) {
            assertInstanceOf(ClientState.Locked.class, vault.client().state());
            library = vault.open();
            assertInstanceOf(ClientState.Unlocked.class, vault.client().state());
            List<Entry> entries = library.list(library.root().id());
            assertEquals(5, entries.size());
            try (InputStream content = library.open(entries.getLast().id())) {
                assertTrue(new String(content.readAllBytes(), StandardCharsets.UTF_8).startsWith("Nothing of anybody"));
            }
            try (var left = Files.walk(folder)) {
                assertTrue(left.noneMatch(path -> path.endsWith("agent.lock")), "no agent works for it");
            }
        }

        assertEquals(List.of(), inside());
        Library closed = library;
        assertThrows(ClientException.class, () -> closed.list(closed.root().id()));
    }

    @Test
    void anotherPinDoesNotOpenIt() throws Exception {
        try (RehearsedVault vault = RehearsedVault.make(folder)) {
            assertFalse(vault.client().unlock("another one".toCharArray()) instanceof UnlockResult.Opened);
        }
        assertEquals(List.of(), inside());
    }

    private List<Path> inside() throws Exception {
        try (var left = Files.list(folder)) {
            return left.toList();
        }
    }
}
