package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncTest extends TwoDevices {
    @Test
    void whatOneDeviceSavesTheOtherCanRead() throws Exception {
        one.save("Letter.txt", "Dear Charles");

        syncAll();

        assertEquals("Dear Charles", two.read("Letter.txt"));
        assertTrue(two.documents.find("Letter.txt").local());
    }

    @Test
    void aDocumentWhoseContentHasNotComeIsThereAndSaysSo() throws Exception {
        Item saved = one.save("Letter.txt", "Dear Charles");
        server.sync(one.exchange, one.vault);
        two.exchange.incoming(two.vault, server.log);
        two.store.applyIncoming();

        assertFalse(two.documents.entry(saved.id()).local());
        VaultStoreTest.assertRefused(StoreException.Why.NOT_LOCAL, () -> two.documents.open(saved.id()));
        assertEquals(List.of(), two.store.verify(true, VerifyWatch.NONE).damages());

        server.pull(two.exchange, two.vault);

        assertTrue(two.documents.entry(saved.id()).local());
        assertEquals("Dear Charles", two.read(saved.id()));
    }

    @Test
    void editsMadeAtTheSameTimeAreBothKept() throws Exception {
        one.save("plan.txt", "draft");
        syncAll();

        one.save("plan.txt", "by one");
        two.save("plan.txt", "by two");
        two.save("plan.txt", "by two, again");
        syncAll();

        assertEquals(List.of("plan (conflict, two, 2026-11-22).txt", "plan.txt"), two.names());
        assertEquals("by one", two.read("plan.txt"));
        assertEquals("by two, again", one.read("plan (conflict, two, 2026-11-22).txt"));
        assertTrue(one.documents.find("plan (conflict, two, 2026-11-22).txt").conflict());
    }

    @Test
    void anEditBeatsARemovalWhicheverComesFirst() throws Exception {
        one.save("a.txt", "old");
        one.save("b.txt", "old");
        syncAll();

        one.documents.remove(one.documents.find("a.txt").id());
        two.save("a.txt", "new");
        one.save("b.txt", "new");
        two.documents.remove(two.documents.find("b.txt").id());
        syncAll();

        assertEquals(List.of("a.txt", "b.txt"), one.names());
        assertEquals("new", one.read("a.txt"));
        assertEquals("new", two.read("b.txt"));
    }

    @Test
    void aFolderThatIsRemovedWhileSomethingIsPutIntoItComesBack() throws Exception {
        Item letters = one.documents.makeFolder(one.root(), "Letters");
        syncAll();

        one.documents.remove(letters.id());
        two.documents.save(letters.id(), "new.txt", Device.NOW, Device.stream("new"), 3);
        syncAll();

        assertEquals("new", one.read("Letters/new.txt"));
    }

    @Test
    void foldersThatAreMovedIntoEachOtherStayInTheTree() throws Exception {
        Item a = one.documents.makeFolder(one.root(), "a");
        Item b = one.documents.makeFolder(one.root(), "b");
        syncAll();

        one.documents.move(a.id(), b.id(), "a");
        two.documents.move(b.id(), a.id(), "b");
        syncAll();

        assertEquals("b/a", one.documents.path(a.id()));
        assertEquals("b/a", two.documents.path(a.id()));
    }

    @Test
    void equalNamesGivenAtTheSameTimeGetANumber() throws Exception {
        one.save("Scan.pdf", "of one");
        two.save("scan.PDF", "of two");

        syncAll();

        assertEquals(List.of("scan (2).PDF", "Scan.pdf"), two.names());
        assertEquals("of two", one.read("scan (2).PDF"));
    }

    @Test
    void contentThatNobodyNamesAnyMoreLeavesTheDisk() throws Exception {
        Item saved = one.save("a.txt", "secret");
        syncAll();
        one.documents.remove(saved.id());
        syncAll();
        one.documents.trash().purge(saved.id());

        syncAll();

        one.exchange.tidy();
        two.exchange.tidy();
        assertEquals(0, one.packs().size());
        assertEquals(0, two.packs().size());
    }

    @Test
    void anAcceptanceThatWasLostOnTheWayIsNoConflict() throws Exception {
        one.save("a.txt", "a");
        for (var chunk : one.exchange.chunksToSend(one.vault, 10)) {
            server.chunks.put(chunk, one.exchange.chunk(one.vault, chunk));
        }
        server.append(one.exchange.outgoing(one.vault).orElseThrow());
        two.save("b.txt", "b");

        syncAll();

        assertEquals(List.of("a.txt", "b.txt"), one.names());
        assertEquals(2, server.log.size());
    }

    @Test
    void everythingIsAsBeforeAfterTheNextStart() throws Exception {
        one.save("a.txt", "a");
        two.save("b.txt", "b");
        syncAll();
        one.save("c.txt", "c");

        one.reopen();
        two.reopen();

        assertEquals(List.of("a.txt", "b.txt", "c.txt"), one.names());
        assertEquals(List.of("a.txt", "b.txt"), two.names());
        assertEquals(List.of(), one.store.verify(true, VerifyWatch.NONE).damages());
        assertEquals(List.of(), two.store.verify(true, VerifyWatch.NONE).damages());
    }
}
