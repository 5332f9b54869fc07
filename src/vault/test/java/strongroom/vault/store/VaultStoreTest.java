package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;

class VaultStoreTest {
    @TempDir
    Path folder;

    Device device;

    @BeforeEach
    void open() throws StoreException {
        device = Device.alone(folder.resolve("store"));
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void aDocumentComesBackAsItWasSaved() throws Exception {
        Item saved = device.save("Letter.txt", "Dear Charles");

        device.reopen();

        assertEquals(saved, device.documents.entry(saved.id()));
        assertEquals("Dear Charles", device.read("Letter.txt"));
        assertEquals(12, saved.size());
        assertEquals(1, saved.version());
        assertTrue(saved.local());
    }

    @Test
    void aDocumentOfManyChunksComesBackAsItWasSaved() throws Exception {
        byte[] content = new byte[(3 << 20) + 17];
        new Random(1).nextBytes(content);
        Item saved = device.documents.save(
                device.root(), "big.bin", Device.NOW, new ByteArrayInputStream(content), content.length);

        device.reopen();

        try (InputStream in = device.documents.open(saved.id())) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void anEmptyDocumentIsADocument() throws Exception {
        Item saved = device.save("empty", "");

        assertEquals("", device.read(saved.id()));
    }

    @Test
    void savingAgainMakesANewVersionOfTheSameDocument() throws Exception {
        Item first = device.save("notes.txt", "one");
        Item second = device.save("Notes.TXT", "two");

        device.reopen();

        assertEquals(first.id(), second.id());
        assertEquals(2, second.version());
        assertEquals("two", device.read(first.id()));
        assertEquals(List.of("notes.txt"), device.names());
    }

    @Test
    void foldersMovesAndRemovalsSurviveTheNextStart() throws Exception {
        Item letters = device.documents.makeFolder(device.root(), "Letters");
        Item old = device.documents.makeFolder(letters.id(), "Old");
        Item letter = device.save("a.txt", "a");
        device.documents.move(letter.id(), old.id(), "b.txt");
        Item gone = device.save("gone.txt", "gone");
        device.documents.remove(gone.id());

        device.reopen();

        assertEquals(List.of("Letters"), device.names());
        assertEquals("Letters/Old/b.txt", device.documents.path(letter.id()));
        assertEquals(letter.id(), device.documents.find("letters/OLD/B.txt").id());
        assertRefused(StoreException.Why.NOT_FOUND, () -> device.documents.entry(gone.id()));
    }

    @Test
    void aFolderCannotGoIntoItself() throws Exception {
        Item outer = device.documents.makeFolder(device.root(), "outer");
        Item inner = device.documents.makeFolder(outer.id(), "inner");

        assertRefused(StoreException.Why.NAME_REFUSED, () -> device.documents.move(outer.id(), inner.id(), "outer"));
    }

    @Test
    void removingAFolderRemovesWhatIsInIt() throws Exception {
        Item outer = device.documents.makeFolder(device.root(), "outer");
        Item inner = device.documents.makeFolder(outer.id(), "inner");
        Item letter = device.documents.save(inner.id(), "a", Device.NOW, Device.stream("a"), 1);

        device.documents.remove(outer.id());

        assertEquals(List.of(), device.names());
        assertRefused(StoreException.Why.NOT_FOUND, () -> device.documents.entry(letter.id()));
    }

    @Test
    void takenNamesAreRefused() throws Exception {
        device.documents.makeFolder(device.root(), "Caf\u00e9");

        assertRefused(StoreException.Why.NAME_REFUSED, () -> device.documents.makeFolder(device.root(), "CAFE\u0301"));
        assertRefused(StoreException.Why.NAME_REFUSED, () -> device.save("caf\u00e9", "a folder has that name"));
    }

    @Test
    void anotherRootKeyDoesNotOpenTheStore() {
        device.close();

        try (SecretBytes other = SecretBytes.random(32, Device.RANDOM)) {
            assertRefused(
                    StoreException.Why.DAMAGED,
                    () -> VaultStore.open(device.folder, other, Device.CLOCK, Device.RANDOM));
        }
    }

    @Test
    void aStoreIsNotMadeOverAnother() {
        try (SecretBytes other = SecretBytes.random(32, Device.RANDOM)) {
            assertRefused(
                    StoreException.Why.IO, () -> VaultStore.create(device.folder, other, Device.CLOCK, Device.RANDOM));
        }
    }

    @Test
    void thereIsNoExchangeWithoutAStore() {
        assertRefused(StoreException.Why.NOT_FOUND, () -> Exchange.open(folder.resolve("elsewhere"), Device.RANDOM));
        assertFalse(folder.resolve("elsewhere").toFile().exists());
    }

    @Test
    void afterClosingNothingCanBeReadOrWritten() throws Exception {
        Item saved = device.save("a", "a");
        InputStream open = device.documents.open(saved.id());
        device.store.close();

        assertThrows(IOException.class, open::read);
        assertRefused(StoreException.Why.CLOSED, () -> device.save("b", "b"));
        assertRefused(StoreException.Why.CLOSED, () -> device.documents.list(saved.parent()));
    }

    @Test
    void aDeviceThatWaitsForItsKeysKeepsItsJoinKey() throws Exception {
        Path other = folder.resolve("other");
        try (SecretBytes root = SecretBytes.random(32, Device.RANDOM);
                BoxKey join = BoxKey.generate(Device.RANDOM)) {
            Id id = Id.random(Device.RANDOM);
            try (VaultStore store = VaultStore.create(other, root, Device.CLOCK, Device.RANDOM)) {
                assertTrue(store.identity().isEmpty());
                try (PersonIdentity waiting = PersonIdentity.waiting(id, "Ada", id, "laptop", join)) {
                    store.storeIdentity(waiting);
                }
            }
            try (VaultStore store = VaultStore.open(other, root, Device.CLOCK, Device.RANDOM);
                    PersonIdentity identity = store.identity().orElseThrow();
                    BoxKey kept = identity.joinKey()) {
                assertTrue(identity.isWaiting());
                assertTrue(identity.signingKey().isEmpty());
                assertArrayEquals(join.publicKey(), kept.publicKey());
                assertEquals("Ada", identity.personName());
            }
        }
    }

    static void assertRefused(StoreException.Why why, org.junit.jupiter.api.function.Executable call) {
        assertEquals(why, assertThrows(StoreException.class, call).why());
    }
}
