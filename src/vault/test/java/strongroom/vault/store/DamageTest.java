package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;

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

    private List<String> damaged() throws StoreException {
        return device.store.verify(true, VerifyWatch.NONE).damages().stream()
                .map(Damage::what)
                .distinct()
                .toList();
    }

    private Path chunkOf(String text) throws Exception {
        String id;
        try (var cipher = new strongroom.vault.store.chunk.ChunkCipher(person.vaultKey)) {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            id = cipher.id(bytes, bytes.length).toString();
        }
        return device.folder.resolve("chunks").resolve(id.substring(0, 2)).resolve(id.substring(2));
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
        byte[] bytes = Files.readAllBytes(chunkOf("the first"));
        bytes[5] ^= 1;
        Files.write(chunkOf("the first"), bytes);

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
        byte[] first = Files.readAllBytes(chunkOf("the first"));
        Files.write(chunkOf("the first"), Files.readAllBytes(chunkOf("the second")));
        Files.write(chunkOf("the second"), first);

        assertEquals(2, damaged().size());
    }

    @Test
    void aMissingOrCutChunkIsFoundWithoutReadingTheData() throws Exception {
        Files.delete(chunkOf("the first"));
        Files.write(chunkOf("the second"), new byte[3]);

        assertEquals(2, device.store.verify(false, VerifyWatch.NONE).damages().size());
    }

    @Test
    void aLinkOrAPipeInTheplaceOfAChunkIsNotFollowedAndDoesNotHang() throws Exception {
        Path outside = Files.copy(chunkOf("the first"), folder.resolve("outside"));
        Files.delete(chunkOf("the first"));
        Files.createSymbolicLink(chunkOf("the first"), outside);
        Files.delete(chunkOf("the second"));
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", chunkOf("the second").toString())
                        .start()
                        .waitFor());

        assertEquals(2, damaged().size());
    }

    @Test
    void aDamagedRowCostsItsDocumentAlone() throws Exception {
        settle();
        assertEquals(1, sql("UPDATE row SET sealed = zeroblob(100) WHERE kind = 5 AND id = ?", one.id()));

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
        device.documents.save(letters.id(), "three.txt", Device.NOW, Device.stream("the third"));
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
        Path left = leftBehind(Device.NOW.minusSeconds(7_200));
        Path young = leftBehind(Device.NOW.minusSeconds(60));

        device.reopen();
        device.store.applyIncoming();

        assertFalse(Files.exists(left));
        assertTrue(Files.exists(young));
        assertEquals(List.of(), damaged());
    }

    @Test
    void whatLooksUselessInADamagedStoreIsLeftAlone() throws Exception {
        settle();
        for (String text : List.of("the first", "the second")) {
            Files.setLastModifiedTime(chunkOf(text), FileTime.from(Device.NOW.minusSeconds(7_200)));
        }
        Path left = leftBehind(Device.NOW.minusSeconds(7_200));
        sql("UPDATE row SET sealed = zeroblob(100) WHERE kind = 5 AND id = ?", one.id());

        device.reopen();
        device.store.applyIncoming();

        assertTrue(Files.exists(left));
        assertTrue(Files.exists(chunkOf("the first")));
    }

    private Path leftBehind(Instant written) throws Exception {
        Path file = chunkOf("left behind at " + written);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[50]);
        return Files.setLastModifiedTime(file, FileTime.from(written));
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
                    String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                    assertTrue(text.equals("the first") || text.equals("the second"));
                } catch (java.io.IOException e) {
                    assertTrue(e.getCause() instanceof StoreException);
                }
            }
        }
    }
}
