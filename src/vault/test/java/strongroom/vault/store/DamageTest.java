package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Place;

/// What is changed behind the store's back is noticed, named, and costs no more than it must.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DamageTest {
    @TempDir
    Path folder;

    final MemoryServer server = new MemoryServer();
    final Device.Person person = new Device.Person();
    Device device;
    Item one;
    Item two;

    @BeforeEach
    void open() throws Exception {
        device = new Device(folder.resolve("store"), person, "laptop");
        one = device.save("one.txt", "the first");
        two = device.save("two.txt", "the second");
    }

    @AfterEach
    void close() {
        device.close();
    }

    private void settle() throws Exception {
        server.sync(device.exchange, device.vault);
        device.store.applyIncoming();
    }

    private int sql(String statement, Object... values) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + device.folder.resolve("vault.db"));
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i] instanceof Id id ? id.toByteArray() : values[i]);
            }
            return prepared.executeUpdate();
        }
    }

    /// So that the rows alone count.
    private void withoutPages() throws Exception {
        sql("DELETE FROM row WHERE kind IN (11, 12)");
    }

    private List<String> damaged() throws StoreException {
        return device.store.verify(true, VerifyWatch.NONE).damages().stream()
                .map(Damage::what)
                .distinct()
                .toList();
    }

    /// A copy of what lies where the chunk of a document does.
    private byte[] ciphertextOf(String text) throws Exception {
        Place place = placeOf(text);
        byte[] pack = Files.readAllBytes(device.packs().getFirst());
        return Arrays.copyOfRange(pack, (int) place.position(), (int) place.position() + place.length());
    }

    private void overwrite(String text, byte[] ciphertext) throws Exception {
        byte[] pack = Files.readAllBytes(device.packs().getFirst());
        System.arraycopy(ciphertext, 0, pack, (int) placeOf(text).position(), ciphertext.length);
        Files.write(device.packs().getFirst(), pack);
    }

    private Place placeOf(String text) throws Exception {
        try (Database database = Database.open(device.folder)) {
            return database.read(_ -> Places.find(database, Digest.of(idOf(text))))
                    .orElseThrow();
        }
    }

    @Test
    void aSoundStoreHasNoDamages() throws Exception {
        assertEquals(List.of(), damaged());
        settle();
        assertEquals(List.of(), damaged());
        device.reopen();

        Verification found = device.store.verify(true, VerifyWatch.NONE);

        assertEquals(new Verification(2, 2, List.of()), found);
    }

    @Test
    void aDamagedChunkCostsItsDocumentAlone() throws Exception {
        byte[] bytes = ciphertextOf("the first");
        bytes[5] ^= 1;
        overwrite("the first", bytes);

        assertEquals(List.of("one.txt"), damaged());
        assertEquals("the second", device.read("two.txt"));
        VaultStoreTest.assertRefused(StoreException.Why.DAMAGED, () -> {
            try (var in = device.documents.open(one.id())) {
                in.readAllBytes();
            } catch (java.io.IOException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void swappedChunksCostTheirDocuments() throws Exception {
        Item three = device.save("three.txt", "the third!");
        byte[] second = ciphertextOf("the second");
        overwrite("the second", ciphertextOf("the third!"));
        overwrite("the third!", second);

        assertEquals(
                List.of("three.txt", "two.txt"), damaged().stream().sorted().toList());
        device.documents.remove(three.id());
    }

    @Test
    void aPackThatIsCutCostsWhatWasBehindTheCut() throws Exception {
        byte[] pack = Files.readAllBytes(device.packs().getFirst());
        Files.write(device.packs().getFirst(), Arrays.copyOf(pack, pack.length - 1));
        device.reopen();

        assertEquals(
                List.of("two.txt"),
                device.store.verify(false, VerifyWatch.NONE).damages().stream()
                        .map(Damage::what)
                        .toList());
        assertEquals("the first", device.read("one.txt"));
    }

    @Test
    void aMissingPackIsFoundWithoutReadingTheData() throws Exception {
        Files.delete(device.packs().getFirst());
        device.reopen();

        assertEquals(2, device.store.verify(false, VerifyWatch.NONE).damages().size());
        device.save("three.txt", "work goes on");
        assertEquals("work goes on", device.read("three.txt"));
    }

    @Test
    void aMissingPackKeepsNeitherWindowNorAgentFromGoingOn() throws Exception {
        settle();
        try (Device other = new Device(folder.resolve("other"), person, "other")) {
            server.sync(other.exchange, other.vault);
            other.store.applyIncoming();
            Files.delete(device.packs().getFirst());
            Files.delete(other.packs().getFirst());
            device.reopen();
            other.reopen();

            device.documents.remove(one.id());
            settle();
            server.sync(other.exchange, other.vault);
            other.store.applyIncoming();
            other.exchange.tidy();

            assertEquals(List.of("two.txt"), device.names());
            assertEquals(List.of("two.txt"), other.names());
        }
    }

    @Test
    void aLinkInThePlaceOfAPackIsNotFollowed() throws Exception {
        Path pack = device.packs().getFirst();
        Path outside = Files.move(pack, folder.resolve("outside"));
        Files.createSymbolicLink(pack, outside);
        device.reopen();

        assertEquals(2, damaged().size());
        device.save("three.txt", "not into what the link leads to");
        assertEquals(2, damaged().size());
    }

    @Test
    void aPipeInThePlaceOfAPackDoesNotHang() throws Exception {
        Path pack = device.packs().getFirst();
        Files.delete(pack);
        assertEquals(0, new ProcessBuilder("mkfifo", pack.toString()).start().waitFor());
        device.reopen();

        assertEquals(2, damaged().size());
        device.save("three.txt", "nor does the next change");
        assertEquals(2, damaged().size());
    }

    @Test
    void aDamagedRowCostsItsDocumentAlone() throws Exception {
        settle();
        assertEquals(1, sql("UPDATE row SET sealed = zeroblob(100) WHERE kind = 5 AND id = ?", one.id()));
        withoutPages();

        device.reopen();

        assertEquals(List.of(one.id().toString()), damaged());
        assertEquals(List.of("two.txt"), device.names());
        assertEquals("the second", device.read("two.txt"));
        device.save("three.txt", "work goes on");
        assertEquals(List.of("three.txt", "two.txt"), device.names());
    }

    @Test
    void aDamagedRowOfAFolderLeavesItsDocumentsWithinReach() throws Exception {
        Item letters = device.documents.makeFolder(device.root(), "Letters");
        device.documents.move(one.id(), letters.id(), "one.txt");
        settle();
        sql("UPDATE row SET sealed = zeroblob(100) WHERE kind = 5 AND id = ?", letters.id());
        withoutPages();

        device.reopen();

        String name = "damaged folder " + letters.id().toString().substring(0, 8);
        assertEquals(List.of(name, "two.txt"), device.names());
        assertEquals("the first", device.read(name + "/one.txt"));
    }

    @Test
    void aRowThatIsPutBackToAnOlderVersionIsNamed() throws Exception {
        settle();
        sql("CREATE TABLE kept AS SELECT * FROM row WHERE id = ?", one.id());
        device.save("one.txt", "the first, changed");
        settle();
        sql("REPLACE INTO row SELECT * FROM kept");
        sql("DROP TABLE kept");

        device.reopen();

        assertTrue(damaged().contains(one.id().toString()));
    }

    @Test
    void aRowThatIsTakenAwayIsNoticed() throws Exception {
        settle();
        sql("DELETE FROM row WHERE kind = 5 AND id = ?", one.id());

        device.reopen();

        assertFalse(damaged().isEmpty());
        assertEquals("the second", device.read("two.txt"));
    }

    @Test
    void aDamagedChangeInTheOutboxIsMadeAnewFromItsDrafts() throws Exception {
        Item letters = device.documents.makeFolder(device.root(), "Letters");
        device.documents.save(letters.id(), "three.txt", Device.NOW, Device.stream("the third"), 9);
        assertEquals(1, sql("UPDATE outbox SET encoded = zeroblob(300) WHERE sequence = 1"));
        assertEquals(1, sql("UPDATE outbox SET encoded = zeroblob(300) WHERE sequence = 3"));

        device.reopen();

        assertEquals(List.of("Letters", "one.txt", "two.txt"), device.names());
        assertEquals("the first", device.read("one.txt"));
        settle();
        try (Device other = new Device(folder.resolve("other"), person, "other")) {
            server.sync(other.exchange, other.vault);
            other.store.applyIncoming();
            assertEquals("the first", other.read("one.txt"));
            assertEquals("the third", other.read("Letters/three.txt"));
        }
        assertEquals(List.of(), damaged());
    }

    @Test
    void whatACrashLeftIsRemovedAtTheNextStart() throws Exception {
        settle();
        Path mine = Files.write(device.folder.resolve("packs/w-" + person.id + ".pack"), new byte[50]);
        Path ofTheAgent = Files.write(device.folder.resolve("packs/a-" + person.id + ".pack"), new byte[50]);

        device.reopen();
        device.store.applyIncoming();

        assertFalse(Files.exists(mine));
        assertFalse(Files.exists(ofTheAgent));
        assertEquals(List.of(), damaged());
    }

    @Test
    void aChunkThatNothingNamesIsForgottenAtTheNextStart() throws Exception {
        settle();
        sql("UPDATE chunk SET id = zeroblob(32) WHERE id = ?", idOf("the first"));

        device.reopen();
        device.store.applyIncoming();

        assertEquals(0, sql("DELETE FROM chunk WHERE id = zeroblob(32)"));
    }

    @Test
    void whatLooksUselessInADamagedStoreIsLeftAlone() throws Exception {
        settle();
        sql("UPDATE row SET sealed = zeroblob(100) WHERE kind = 5 AND id = ?", one.id());
        withoutPages();

        device.reopen();
        device.store.applyIncoming();

        assertEquals(1, sql("UPDATE chunk SET length = length WHERE id = ?", idOf("the first")));
    }

    private byte[] idOf(String text) {
        try (ChunkCipher cipher = new ChunkCipher(person.vaultKey)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return cipher.id(bytes, bytes.length).toByteArray();
        }
    }

    @Test
    void changesThatVanishFromTheOutboxAreNoticed() throws Exception {
        assertEquals(2, sql("DELETE FROM outbox"));

        device.reopen();

        assertFalse(damaged().isEmpty());
    }

    @Test
    void aDamagedRecordOfTheStateCostsNothing() throws Exception {
        settle();
        device.save("three.txt", "the third");
        assertEquals(1, sql("UPDATE row SET sealed = zeroblob(150) WHERE kind = 4"));

        device.reopen();
        settle();

        assertEquals(List.of("one.txt", "three.txt", "two.txt"), device.names());
        device.save("four.txt", "the fourth");
        settle();
        assertEquals(0, device.exchange.pendingCommits());
        assertEquals(4, server.log.size());
    }

    @Test
    void everyBitOfTheDatabaseMayFlipAndTheStoreOpensOrSaysWhy() throws Exception {
        settle();
        device.close();
        Path database = device.folder.resolve("vault.db");
        byte[] good = Files.readAllBytes(database);
        java.util.Random random = new java.util.Random(7);
        int opened = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(database, bad);
            try (VaultStore store = VaultStore.open(device.folder, device.rootKey, Device.CLOCK, Device.RANDOM)) {
                opened++;
                readAll(store);
            } catch (StoreException e) {
                assertTrue(
                        e.why() == StoreException.Why.DAMAGED
                                || e.why() == StoreException.Why.NOT_FOUND
                                || e.why() == StoreException.Why.IO,
                        e.why().toString());
            }
        }
        assertTrue(opened > 100, "opened " + opened);
        Files.write(database, good);
        device.reopen();
    }

    /// Whatever can be read is what was written.
    private void readAll(VaultStore store) throws StoreException {
        store.verify(true, VerifyWatch.NONE);
        for (Id vault : store.vaults()) {
            for (Item item : store.documents(vault).list(vault)) {
                if (item.folder()) {
                    continue;
                }
                try (var in = store.documents(vault).open(item.id())) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    assertTrue(text.equals("the first") || text.equals("the second"));
                } catch (java.io.IOException e) {
                    assertTrue(e.getCause() instanceof StoreException);
                }
            }
        }
    }
}
